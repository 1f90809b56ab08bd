import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";

const { scope, control } = itemBuilders("10.3.4");
const OWNER = "Security Operations lead";

/** Section 7.3 of the domain facts, constraints. */
export function logIntegrityConstraints(on: DemoCalendar): SectionContent<"constraints"> {
  return {
    narrative: narrative(
      "**SAMPLE.** Harbour Lane Payments, its accounts, identifiers and dates are invented. One entry for 10.3.4; 10.3.1–10.3.3 are reported as met and only referred to.",
      "**Technical.** CloudTrail files are delivered by AWS to S3; no file-integrity agent can be installed there. AWS's own validation proves integrity only when someone runs it: digests come hourly and raise no alarm (C-1, AWS documentation).",
      `Our assessor takes “cannot change without an alert” as needing detection **at the time of change** (letter of ${on.day(-203)}, C-2). No AWS setting gives that for stored trail files.`,
      "_If your assessor accepts scheduled validation as the mechanism, use the defined approach, not this entry._",
    ),
    items: {
      constraintType: "technical",
      scope: [
        scope("account", "444455556666", "Log archive; holds the bucket of the organisation trail"),
        scope("account", "111122223333", "CDE account, recorded by the trail"),
        scope("system", "Organisation trail", "All Regions, log file validation on"),
        scope("data", "S3 bucket of the trail", "Versioning, Object Lock in compliance mode"),
      ],
    },
  };
}

/** Section 7.3, definition. */
export function logIntegrityDefinition(): SectionContent<"definition"> {
  return {
    narrative: narrative(
      "K1 rules change out, K2 makes every try an alert, K3 proves it each hour, K4 keeps the trail from going silent, K5 holds a second copy against all of them.",
      "_Not counted:_ read limits (10.3.1), central backup (10.3.3), time synchronisation (10.6), which are required anyway.",
    ),
    items: {
      controls: [
        control("K1", {
          title: "Nothing can be changed",
          description:
            "The organisation trail writes to a bucket in the separate log account; versioning and Object Lock in compliance mode, 400 days, which nobody including root of that account can shorten; the bucket policy lets only the CloudTrail service write.",
          origin: "new",
          nature: "preventive",
          aboveAndBeyond: "The requirement asks that a change be noticed. This makes it impossible for 400 days.",
          owner: OWNER,
        }),
        control("K2", {
          title: "Every try is an alert",
          description:
            "Write, delete, lock or policy calls on that bucket (data events for it are recorded) by anyone but the CloudTrail service page the SOC in 5 minutes.",
          origin: "new",
          nature: "detective",
          aboveAndBeyond: "Alerts on the attempt, also on one that failed, and not on the changed file.",
          owner: OWNER,
        }),
        control("K3", {
          title: "Validation each hour",
          description:
            "A job validates the last 26 hours from the original location and each Sunday the whole last 92 days, keeping its result in a third place; an invalid or missing digest, or the job not reporting, pages.",
          origin: "new",
          nature: "detective",
          aboveAndBeyond:
            "Weekly comparison is what is asked for critical files elsewhere; here it is hourly, and silence is an alarm.",
          owner: OWNER,
        }),
        control("K4", {
          title: "No silent stop",
          description:
            "Organisation policy denies stopping, deleting or altering the trail, and turning validation off; one exempt role, two-person use. The management account, which such policies do not bind, is covered by K2 and K5.",
          origin: "new",
          nature: "preventive",
          aboveAndBeyond: "Takes the switch away from every administrator of every member account.",
          owner: "Head of Cloud Platform",
        }),
        control("K5", {
          title: "Second copy",
          description: "Live stream to the SIEM; daily count of events per account compared, a gap over 0.5 % pages.",
          origin: "new",
          nature: "detective",
          aboveAndBeyond: "Central backup is owed; comparing the two copies by count every day is not.",
          owner: OWNER,
        }),
      ],
    },
  };
}

/** Section 7.3, objective. */
export function logIntegrityObjective(): SectionContent<"objective"> {
  return {
    narrative: narrative(
      "**Original:** nobody changes stored activity records without an alert.",
      "**Met:** change is ruled out by K1, every try alerts by K2, and an undetected change would still show within the hour by K3.",
    ),
    items: { objectiveRef: "Customized approach objective of 10.3.4 in version 4.0.1, in our words." },
  };
}

/** Section 7.3, maintenance. */
export function logIntegrityMaintenance(on: DemoCalendar): SectionContent<"maintenance"> {
  const { task } = itemBuilders("10.3.4");
  return {
    narrative: narrative(
      "Owner: Security Operations lead. The SOC's shift log shows each daily look, with the name of who looked.",
    ),
    items: {
      tasks: [
        task("M1", {
          task: "Look at the job's results.",
          owner: OWNER,
          frequency: "Daily; weekly full run",
          monitoring: "Shift log; the job not reporting pages by itself",
          onFailure: "Validate by hand from the last good digest; incident when a digest is invalid",
        }),
        task("M2", {
          task: "Repeat T1–T4.",
          owner: "Internal audit",
          frequency: "Quarterly, and on every change to trail, bucket, keys or policies",
          monitoring: "Control calendar",
          onFailure: "Finding with an owner and a date; the entry is reviewed",
        }),
        task("M3", {
          task: "Alarm when a new account has no trail events in 24 hours.",
          owner: OWNER,
          frequency: "Daily",
          monitoring: "Account list against the SIEM",
          onFailure: "Account is closed for workloads until it reports",
        }),
        task("M4", {
          task: "Retention check at 365 days, hot and cold.",
          owner: OWNER,
          frequency: "Yearly",
          monitoring: "Sample of 25 objects",
          onFailure: "Lock period is extended before anything can expire",
        }),
      ],
      reviewDue: on.iso(330),
      exitPlan: `Yearly review each ${on.yearly(-40)}. Exit when AWS raises an alarm on digest failure.`,
    },
  };
}
