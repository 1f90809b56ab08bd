import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";

const { scope, control } = itemBuilders("8.3.4");

/** Section 7.1 of the domain facts, constraints. */
export function signInLockConstraints(on: DemoCalendar): SectionContent<"constraints"> {
  return {
    narrative: narrative(
      "**SAMPLE.** Harbour Lane Payments, its numbers, identifiers and dates are invented.",
      "**Technical.** AWS IAM and the KMS API offer the customer no setting for a lock after failed attempts; the account password policy has no such field (A1: policy output; A2: reply to a support case). The sign-in service belongs to AWS and cannot be changed by us.",
      "Two users must bypass the identity provider, because an outage of the identity provider would otherwise leave nobody able to disable a key; continuity plan BCP-07 requires it (A3).",
      `**Alternative studied:** dropping the two users, refused by the risk board on ${on.day(-294)} (A4).`,
      "All other people sign in at the corporate identity provider, which locks after six tries for 30 minutes and is reported as met by the defined approach. Root users of the member accounts have no credentials. The management account's root user has no path to the keys and has an entry of its own, because neither C1 nor organisation policies bind it.",
    ),
    items: {
      constraintType: "technical",
      scope: [
        scope("account", "111122223333", "CDE account"),
        scope("region", "eu-west-1"),
        scope("principal", "bg-01", "Break-glass IAM user; signs in at AWS itself and can reach the CDE keys"),
        scope("principal", "bg-02", "Break-glass IAM user; signs in at AWS itself and can reach the CDE keys"),
      ],
    },
  };
}

/** Section 7.1, definition. The first revision left the exception for AWS services unnamed and did not speak of adding a device. */
export function signInLockDefinition(revision: 1 | 2): SectionContent<"definition"> {
  const path =
    revision === 1
      ? "Key policies of all CDE keys deny kms:Decrypt unless the call comes through endpoints vpce-0a…, so a signed-in person outside our network gets nothing."
      : "Key policies of all CDE keys deny kms:Decrypt unless the call comes through endpoints vpce-0a… (aws:SourceVpce, with an exception for named AWS services), so a signed-in person outside our network gets nothing. The only second factor registered is a FIDO2 key held in a sealed bag; adding another device is denied.";
  return {
    narrative: narrative(
      "Four controls stand in for the missing lock: C1 locks, C2 makes a sign-in worthless by itself, C3 leaves nothing else to guess, C4 turns every use into an incident.",
      "**How this reaches the aim:** guessing is cut off after five tries, and a right guess gives neither a second factor nor a network position.",
      "_Supporting only, not counted:_ multi-factor sign-in (8.4.x) and password length (8.3.6), which are already required here.",
    ),
    items: {
      controls: [
        control("C1", {
          title: "Lock by event",
          description:
            "A rule on failed ConsoleLogin events counts per user. At the fifth failure within 30 minutes a function deletes that user's console password (a true lock) and attaches a deny-all policy. Restoring needs two people and an identity check by phone and badge.",
          origin: "new",
          nature: "preventive",
          aboveAndBeyond:
            "Lower threshold (five tries, not ten) and a stricter unlock than the requirement asks: no lock ends by itself after 30 minutes.",
          owner: "Head of Cloud Platform",
        }),
        control("C2", {
          title: "Sign-in alone is worthless",
          description: path,
          origin: "new",
          nature: "preventive",
          aboveAndBeyond:
            "No requirement binds the use of a key to a network path; here a found password still decrypts nothing.",
          owner: "Head of Cloud Platform",
        }),
        control("C3", {
          title: "Nothing else to guess",
          description:
            "Organisation policy denies creating IAM users, login profiles and access keys in the CDE. Root credentials are removed from all member accounts.",
          origin: "new",
          nature: "preventive",
          aboveAndBeyond:
            "Removes the credentials themselves instead of limiting tries against them; no other requirement asks for it.",
          owner: "Head of Cloud Platform",
        }),
        control("C4", {
          title: "Any use is an incident",
          description: "Any sign-in by these users, good or bad, pages the SOC; response in 15 minutes, day and night.",
          origin: "new",
          nature: "detective",
          aboveAndBeyond:
            "Logging of sign-ins is owed anyway; a page for each single one, with a time to respond, is not.",
          owner: "Security Operations lead",
        }),
      ],
    },
  };
}

/** Section 7.1, objective. */
export function signInLockObjective(): SectionContent<"objective"> {
  return {
    narrative: narrative(
      "**Original:** an attacker cannot find a login factor by trying online.",
      "**Met:** online trying ends after five tries; a found password still yields no access to keys.",
    ),
    items: { objectiveRef: "Equals the customized approach objective of 8.3.4 in version 4.0.1." },
  };
}
