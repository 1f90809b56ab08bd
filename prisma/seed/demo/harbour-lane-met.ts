import type { DemoPersonKey } from "./people";
import type { DemoDecision } from "./types";

/** Rows that are met as written: number, owner, how, and what the evidence is called. */
const MET: readonly (readonly [number: string, owner: DemoPersonKey, note: string, evidence: string])[] = [
  [
    "1.3.1",
    "jonas",
    "Only the load balancer and the endpoint of KMS reach the CDE; everything else is denied.",
    "Rule set of the inbound controls",
  ],
  [
    "1.3.2",
    "jonas",
    "Outbound goes to a list of eleven addresses by name; the rest is denied and logged.",
    "Rule set of the outbound controls",
  ],
  [
    "1.4.1",
    "jonas",
    "Each boundary between trusted and untrusted networks has a control of its own.",
    "Network diagram, reviewed",
  ],
  ["1.4.2", "jonas", "From outside only HTTPS to the load balancer comes in.", "Rule set of the load balancer"],
  [
    "3.6.1",
    "marta",
    "Written procedures for each key, walked through with every custodian once a year.",
    "Key procedures, signed by the custodians",
  ],
  ["3.6.1.2", "marta", "Keys rest in KMS or as full-length components in two safes.", "List of keys and their forms"],
  ["3.6.1.3", "marta", "Four custodians for clear-text components, six is our limit.", "Custodian list"],
  ["8.2.2", "jonas", "No shared accounts; the two displays are covered under 8.2.8.", "Account list, reviewed"],
  ["8.4.1", "jonas", "Passkeys are forced for administrators.", "Conditional access rules"],
  ["8.4.3", "jonas", "Remote access asks for a passkey before anything else.", "VPN settings"],
  [
    "8.5.1",
    "jonas",
    "Passkeys resist replay; bypass needs two approvals and ends after a day.",
    "Statement of the identity provider and exception log",
  ],
  ["10.2.1", "marta", "The organisation trail and the host logs are on everywhere.", "Coverage report"],
  ["10.2.1.1", "marta", "The card store logs each access with the person's name.", "Sample of 25 accesses"],
  ["10.2.1.2", "marta", "Every administrator's call is in the trail.", "Sample of 25 calls"],
  ["10.2.1.3", "marta", "Data events are on for the bucket of the trail.", "Event selectors of the trail"],
  ["10.2.1.4", "marta", "Refused calls and failed sign-ins are recorded.", "Sample of 10 refusals"],
  ["10.2.1.5", "marta", "Changes of accounts come from the identity provider and IAM.", "Sample of 10 changes"],
  ["10.2.1.6", "marta", "Starting and stopping the trail is an event and pages.", "Alarm rule"],
  ["10.2.1.7", "marta", "Creation and deletion of system objects is recorded by the host agent.", "Agent policy"],
  ["10.3.1", "marta", "Five people read the logs; the role is reviewed each quarter.", "Role review"],
  ["10.3.2", "marta", "Object Lock in compliance mode; nobody can alter a file.", "Bucket settings"],
  [
    "10.3.3",
    "marta",
    "Logs reach the log account within minutes and the SIEM as a stream.",
    "Delivery times of a month",
  ],
];

/** The rows above, decided by the lead over a few days. */
export const HARBOUR_LANE_MET: readonly DemoDecision[] = MET.map(([number, owner, note, evidenceTitle], index) => ({
  number,
  owner,
  day: -52 + Math.floor(index / 6),
  minute: 540 + (index % 6) * 9,
  by: "aisha",
  change: {
    disposition: "met",
    note,
    evidenceTitle,
    evidenceUrl: `https://evidence.harbourlane.example/${number}/proof`,
  },
}));
