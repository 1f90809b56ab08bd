import { ALWAYS, above, all, any, below, no, yes } from "@/lib/domain/keys/condition";
import type { TriggerEntry, TriggerId } from "@/lib/domain/keys/trigger";

/** Rules that hold for the account, whatever keeps the key. Facts sections 3.1 and 4. */
export const EVERYWHERE = {
  "1.3": {
    article: [
      {
        when: ALWAYS,
        reason:
          "AWS interfaces are reachable from the internet, and a VPC endpoint does not take the public address away.",
      },
    ],
    today: [
      {
        when: ALWAYS,
        reason: "The public address of the interface remains.",
        remarks: [
          {
            when: yes("privateEndpointOnly"),
            text: "Use of the keys is limited to private endpoints, which is the answer to give.",
          },
        ],
      },
    ],
  },
  "2.3": {
    article: [
      {
        when: any(yes("usesCli"), yes("usesSdk")),
        reason: "The command line and most SDKs accepted weak protocol versions.",
      },
    ],
    today: [],
  },
  "4.1": {
    article: [{ when: any(yes("usesCli"), yes("usesSdk")), reason: "As 2.3, where traffic crosses public networks." }],
    today: [],
  },
  A2: {
    article: [
      { when: yes("usesSdk"), reason: "SDK defaults accepted SSL and early TLS, which brings in the appendix." },
    ],
    today: [],
  },
  "3.5.1": productRule(above("custodianCount", "custodianLimit"), "More people can reach keys than the limit allows."),
  "3.5.2": productRule(above("extraKeyLocations", 0), "Copies of key material live outside the key service."),
  "8.1.8": {
    article: [{ when: ALWAYS, reason: "AWS limits the total length of a session only; there is no idle timer." }],
    today: [
      {
        when: all(yes("humanAwsSessions"), no("workstationLock15")),
        reason: "People hold AWS sessions that no 15-minute lock protects.",
      },
    ],
  },
  "8.2": {
    article: [{ when: ALWAYS, reason: "MFA is not on by default for IAM users, who are not the preferred way in." }],
    today: [{ when: no("everyIdentityHasFactor"), reason: "Some identity gets in with no authentication factor." }],
  },
  "8.3": {
    article: [{ when: ALWAYS, reason: "As 8.2: MFA is not on by default." }],
    today: [{ when: no("mfaOnEveryHumanPath"), reason: "Some way in for people is not forced through MFA." }],
  },
  "8.5": {
    article: [{ when: ALWAYS, reason: "Federated or assumed roles, the default way in, are read as shared IDs." }],
    today: [
      {
        when: all(any(yes("federatedAccess"), yes("assumedRoleAccess")), no("sessionsAttributable")),
        reason: "Role sessions cannot be tied to one person.",
      },
      { when: yes("sharedIds"), reason: "IDs or access keys are shared, root included." },
    ],
  },
  "10.2": {
    article: [{ when: ALWAYS, reason: "The audit trail is CloudTrail's, and no trail is on by default." }],
    today: [{ when: any(no("trailOn"), no("trailAllRegions")), reason: "No trail over all Regions keeps the events." }],
  },
  "10.3": {
    article: [{ when: ALWAYS, reason: "As 10.2: no trail is on by default." }],
    today: [{ when: no("trailOn"), reason: "Without a trail the records are not kept." }],
  },
  "10.5": {
    article: [
      { when: ALWAYS, reason: "Digests are not on by default, and the bucket has to be protected against tampering." },
    ],
    today: [
      {
        when: any(no("trailOn"), no("logFileValidation"), no("logTamperControls"), no("logChangeAlert")),
        reason: "Log file validation, protection of the bucket, or the alert on a change is missing.",
      },
    ],
  },
  "10.7": {
    article: [{ when: ALWAYS, reason: "The default does not retain records for a year." }],
    today: [
      {
        when: any(no("trailOn"), below("retentionDays", 365), below("hotDays", 92)),
        reason: "Records are kept for less than a year, or less than three months are at hand.",
      },
    ],
  },
  "11.5": {
    article: [{ when: ALWAYS, reason: "No change detection is on by default." }],
    today: [
      {
        when: no("changeDetection"),
        reason: "Nothing detects changes of key policies, trail and bucket settings, or host files.",
      },
    ],
  },
} as const satisfies Partial<Record<TriggerId, TriggerEntry>>;

/** Rules of ours for items that the article names without asking for an entry: the same in both readings. */
function productRule(when: TriggerEntry["article"][number]["when"], reason: string): TriggerEntry {
  return { article: [{ when, reason }], today: [{ when, reason }] };
}
