import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoEvidence } from "../types";

const { risk, test, task } = itemBuilders("8.3.4");

/** Section 7.1, identified risk. The first revision had not thought of the lock as a weapon. */
export function signInLockRisk(on: DemoCalendar, revision: 1 | 2): SectionContent<"identifiedRisk"> {
  const shutOut = risk("R4", ["C1", "C4"], {
    threat:
      "The lock is abused to shut out break-glass: five wrong passwords on purpose, during an outage of the identity provider.",
    asset: "Availability of the two break-glass users",
    likelihood: "low",
    impact: "medium",
    residual: "The second user is untouched by a lock of the first, and each try pages the SOC.",
  });
  return {
    narrative: narrative(
      "AWS limits tries by its own, undisclosed means. Between the fifth failure and the lock there is a delay (measured 40–95 s) in which more tries are possible.",
      revision === 1
        ? "The delay is covered by C2, failure of the function by C4 and M2."
        : "The delay is covered by C2, failure of the function by C4 and M2, shut-out by the second user.",
      `**Left over:** low, accepted by the CISO on ${on.day(-84)}.`,
    ),
    items: {
      risks: [
        risk("R1", ["C1", "C2", "C3"], {
          threat: "An outsider guesses the passwords of two known IDs.",
          asset: "KMS keys over stored PAN",
          likelihood: "low",
          impact: "high",
          residual: "Low: passwords have 20 and more random characters, and a right guess reaches no key.",
        }),
        risk("R2", ["C2", "C4"], {
          threat: "An insider who knows the user names does the same.",
          asset: "KMS keys over stored PAN",
          likelihood: "low",
          impact: "high",
          residual: "Low: the FIDO2 key lies in a sealed bag, every try is a page.",
        }),
        risk("R3", ["C2", "C4"], {
          threat: "The locking function fails, or more tries fit into the delay before it acts.",
          asset: "KMS keys over stored PAN",
          likelihood: "low",
          impact: "high",
          residual: "Low: a self-test every day (M2) pages within 10 minutes when no lock shows.",
        }),
        ...(revision === 1 ? [] : [shutOut]),
      ],
    },
  };
}

/** Section 7.1, validation. Tests of open sessions came with the second revision. */
export function signInLockValidation(on: DemoCalendar, revision: 1 | 2): SectionContent<"validation"> {
  const by = { tester: "Internal audit (not the platform team)", testedOn: on.iso(-71) };
  return {
    narrative: narrative(
      `Tested by internal audit, not by the platform team, on ${on.day(-71)}, after the last change (${on.day(-77)}).`,
      revision === 1
        ? "**Result: effective.** One finding: the runbook lacked the unlock form."
        : `**Result: effective.** One finding (runbook lacked the unlock form), closed ${on.day(-67)}.`,
    ),
    items: {
      tests: [
        test("T1", ["C1"], {
          ...by,
          method: "Six wrong passwords on bg-02.",
          sample: "1 of 2 users",
          outcome: "effective_with_findings",
          result:
            revision === 1
              ? "Password deleted 71 s after the fifth."
              : "Password deleted 71 s after the fifth; the right password then failed, and an already open session got “access denied” everywhere.",
        }),
        test("T2", ["C2"], {
          ...by,
          method: "With a valid session from an office address, Decrypt on the CDE keys; then the same from inside.",
          sample: "3 of 3 keys",
          outcome: "effective",
          result: "Refused from outside on three of three keys; from inside, allowed.",
        }),
        test("T3", ["C3"], {
          ...by,
          method: "Attempts to create a user, a login profile and an access key.",
          sample: "CDE account",
          outcome: "effective",
          result: "All refused.",
        }),
        test("T4", ["C3"], {
          ...by,
          method: "Credential report and account summaries read.",
          sample: "11 of 11 member accounts",
          outcome: "effective",
          result: "2 users, 0 active keys; root of 11 of 11 member accounts has no credentials.",
        }),
        test("T5", ["C4"], {
          ...by,
          method: "Time taken from sign-in to page and to acknowledgement.",
          sample: "1 sign-in, at night",
          outcome: "effective",
          result: "Page reached the SOC in 3 minutes, acknowledged in 6.",
        }),
      ],
    },
  };
}

/** Section 7.1, maintenance. */
export function signInLockMaintenance(on: DemoCalendar): SectionContent<"maintenance"> {
  const platform = "Head of Cloud Platform; deputy named";
  return {
    narrative: narrative(
      "Owner: Head of Cloud Platform; a deputy is named in the runbook. Everything below is in the control calendar, and a task that is not confirmed in time pages its owner.",
    ),
    items: {
      tasks: [
        task("M1", {
          task: "Repeat T1–T5.",
          owner: "Internal audit",
          frequency: "Each quarter, and after a change to function, rule or policies",
          monitoring: "Control calendar; audit keeps the signed sheet",
          onFailure: "Incident; break-glass passwords go to a second sealed bag until the lock works again",
        }),
        task("M2", {
          task: "Self-test event against the locking function.",
          owner: platform,
          frequency: "Daily",
          monitoring: "If there is no lock trace within 10 minutes, page",
          onFailure: "SOC watches sign-ins of both users by hand until it is repaired",
        }),
        task("M3", {
          task: "Configuration rules on drift of rule, function, policies.",
          owner: platform,
          frequency: "Hourly",
          monitoring: "Non-compliant result pages the platform team",
          onFailure: "Roll back to the reviewed state, then find out why",
        }),
        task("M4", {
          task: "Review of break-glass use.",
          owner: "Security Operations lead",
          frequency: "Monthly",
          monitoring: "Report to the CISO",
          onFailure: "Unexplained use is an incident",
        }),
        task("M5", {
          task: "Review of this entry.",
          owner: platform,
          frequency: `Each ${on.yearly(-100)}, or when AWS offers a lock`,
          monitoring: "Control calendar",
          onFailure: "The entry counts as expired and is written anew",
        }),
      ],
      reviewDue: on.iso(265),
      exitPlan: "Withdraw the entry when AWS offers a lock that the customer can set.",
    },
  };
}

/** Section 7.1, evidence table. */
export function signInLockEvidence(on: DemoCalendar): readonly DemoEvidence[] {
  const row = evidenceRows(on, "harbourlane.example", "8.3.4", -71);
  return [
    row("A1", "constraints", null, "Account password policy", "iam get-account-password-policy: no field for a lock"),
    row("A2", "constraints", null, "Reply to the AWS support case", "AWS confirms that no such setting exists", -300),
    row(
      "A3",
      "constraints",
      null,
      "Continuity plan BCP-07",
      "Two users have to work without the identity provider",
      -310,
    ),
    row("A4", "constraints", null, "Minutes of the risk board", "Dropping the two users was studied and refused", -294),
    row(
      "A5",
      "definition",
      "C1",
      "Rule, target, function code hash",
      "events describe-rule, list-targets-by-rule, lambda get-function",
    ),
    row(
      "A6",
      "validation",
      "T1",
      "Lock trace",
      "CloudTrail DeleteLoginProfile, AttachUserPolicy; iam list-attached-user-policies, get-login-profile",
    ),
    row("A7", "validation", "T1", "Failed sign-ins", "CloudTrail ConsoleLogin (signin.amazonaws.com), lookup-events"),
    row("A8", "definition", "C2", "Key policies and endpoints", "kms get-key-policy; ec2 describe-vpc-endpoints"),
    row("A9", "definition", "C3", "Organisation policies", "organizations describe-policy, list-targets-for-policy"),
    row("A10", "validation", "T4", "User inventory", "iam get-credential-report, get-account-summary"),
    row(
      "A11",
      "validation",
      "T5",
      "SOC tickets, test sheet signed by audit",
      "Ticket system; times of page and acknowledgement",
    ),
  ];
}
