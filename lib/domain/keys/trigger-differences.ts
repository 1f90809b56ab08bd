import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import type { ReadingName, TriggerId } from "@/lib/domain/keys/trigger";

/**
 * Places where the typed table says something else than the facts it was made from: than the reviewed list of triggers
 * of a key option, which speaks of the article only, or than the hint of a row for one reading.
 */
export interface TriggerDifference {
  readonly reading: ReadingName;
  readonly from: "list" | "hint";
  readonly options: "every option" | readonly KeyOptionId[];
  readonly triggers: readonly TriggerId[];
  readonly difference: string;
  readonly reason: string;
}

const FROM_THE_LIST: readonly TriggerDifference[] = [
  {
    reading: "article",
    from: "list",
    options: "every option",
    triggers: ["3.5.1", "3.5.2"],
    difference: "In the table when more people can reach keys than the limit allows, or key material lives elsewhere.",
    reason: "The article names the items without asking for a worksheet; the list of triggers leaves them out.",
  },
  {
    reading: "article",
    from: "list",
    options: [
      "aws-owned",
      "aws-managed",
      "cmk-aws-material",
      "byok-workstation",
      "byok-cloudhsm",
      "byok-own-hsm",
      "kms-cloudhsm-store",
      "xks",
    ],
    triggers: ["3.5.3"],
    difference: "In the table when no storage form can be shown.",
    reason: "The article names the item without asking for a worksheet; the list of triggers leaves it out.",
  },
  {
    reading: "article",
    from: "list",
    options: ["byok-own-hsm"],
    triggers: ["3.5-KEK"],
    difference: "Always, with no condition for governance.",
    reason:
      "The list says governance may settle it. Whether it does is the assessor's to weigh, so the letter stays and the reason says so.",
  },
  {
    reading: "article",
    from: "list",
    options: ["payment-cryptography"],
    triggers: ["3.6.4", "3.6.5"],
    difference: "A trigger, where the list speaks of a duty under 3.6.4 and 3.6.5.",
    reason: "A duty that has to be answered is a row of the workbook.",
  },
];

const FROM_THE_ARTICLES_HINTS: readonly TriggerDifference[] = [
  {
    reading: "article",
    from: "hint",
    options: "every option",
    triggers: ["8.1.8", "8.5"],
    difference: "Always, where the hints ask for people's sessions and for federated or assumed roles.",
    reason:
      "The article's table names both with no condition, and so does the reviewed list. They are conditional today.",
  },
  {
    reading: "article",
    from: "hint",
    options: ["xks"],
    triggers: ["3.5-KEK", "3.6.6"],
    difference: "Triggered, where the hint asks for material supplied by the customer.",
    reason:
      "The material of an external key store is neither the customer's import nor AWS's; the reviewed list reads its manager as an HSM outside AWS.",
  },
  {
    reading: "article",
    from: "hint",
    options: ["byok-own-hsm"],
    triggers: ["3.6.6"],
    difference: "Not triggered when the HSM generates and wraps, where the hint always triggers it.",
    reason: "The reviewed list says so: then no person handles clear text.",
  },
  {
    reading: "article",
    from: "hint",
    options: ["payment-cryptography"],
    triggers: ["3.6.4", "3.6.5", "8.1.6", "8.2", "8.3", "10.2", "10.3", "10.5", "10.7", "11.5"],
    difference: "Triggered, where the hint asks for KMS or CloudHSM.",
    reason: "KMS in a hint is read as a key interface of AWS, which Payment Cryptography is.",
  },
  {
    reading: "article",
    from: "hint",
    options: ["aws-owned", "cloudhsm-direct", "payment-cryptography"],
    triggers: ["3.5-DEK"],
    difference: "Never, whatever is answered about data keys.",
    reason: "Only KMS returns data keys, and never to the customer under a key that AWS owns.",
  },
  {
    reading: "article",
    from: "hint",
    options: ["cloudhsm-direct", "payment-cryptography"],
    triggers: ["3.5.3"],
    difference: "Never, whatever is answered about storage forms.",
    reason: "The key stays in an HSM, which is the second form itself.",
  },
];

const FROM_TODAYS_HINTS: readonly TriggerDifference[] = [
  {
    reading: "today",
    from: "hint",
    options: ["payment-cryptography"],
    triggers: ["1.3", "3.6.4", "3.6.5", "8.1.6", "10.2", "10.3", "10.5"],
    difference: "Asked today, where the hint asks for KMS or CloudHSM.",
    reason: "KMS in a hint is read as a key interface of AWS, which Payment Cryptography is.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["byok-workstation"],
    triggers: ["3.5-KEK"],
    difference: "Always, whatever is answered about an HSM that generates and wraps.",
    reason: "The option says that the material is made on a workstation.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["xks"],
    triggers: ["3.5-KEK"],
    difference: "Triggered unless the external manager generates and wraps, where the hint asks for supplied material.",
    reason: "The material of an external key store is neither the customer's import nor AWS's.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["aws-owned", "cloudhsm-direct", "payment-cryptography"],
    triggers: ["3.5-DEK"],
    difference: "Never, whatever is answered about data keys.",
    reason: "Only KMS returns data keys, and never to the customer under a key that AWS owns.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["byok-workstation", "byok-own-hsm", "xks"],
    triggers: ["3.5.3"],
    difference: "Asked today, where the hint says normally none.",
    reason: "The copy held outside AWS has to be in one of the three forms itself.",
  },
  {
    reading: "today",
    from: "hint",
    options: [
      "aws-managed",
      "cmk-aws-material",
      "byok-workstation",
      "byok-cloudhsm",
      "byok-own-hsm",
      "kms-cloudhsm-store",
      "xks",
      "payment-cryptography",
    ],
    triggers: ["3.6.4"],
    difference:
      "A cryptoperiod that is not defined triggers it too, and only the option's own ways to end a key count.",
    reason: "The status note asks for a cryptoperiod that is enforced; a way that the option lacks enforces none.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["cloudhsm-direct"],
    triggers: ["3.6.4"],
    difference: "Asked today although the article's reason concerns KMS only.",
    reason: "Rotation in CloudHSM is the customer's to build; without a cryptoperiod the requirement is not met.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["cloudhsm-direct"],
    triggers: ["3.6.5"],
    difference: "Asked today although the article's reason concerns KMS only.",
    reason: "The duty applies in full to the key officers of CloudHSM.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["aws-owned"],
    triggers: ["3.6.4"],
    difference: "Always, whatever is answered about rotation.",
    reason: "AWS sets the rotation of a key it owns; the customer can neither set nor show it.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["aws-owned"],
    triggers: ["3.6.5"],
    difference: "Always, whatever is answered about leavers.",
    reason: "The customer cannot replace or revoke a key that AWS owns.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["byok-own-hsm", "xks"],
    triggers: ["3.6.6"],
    difference:
      "Not triggered when an HSM generates and wraps; the hint knows no such exception, nor external managers.",
    reason: "Then no person handles clear text, so nothing is managed by hand.",
  },
  {
    reading: "today",
    from: "hint",
    options: "every option",
    triggers: ["8.5"],
    difference: "Shared IDs or keys trigger it too, and federated sessions count as those of assumed roles do.",
    reason:
      "The status note keeps the article's point for root and shared keys; a federated session has to name one person.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["aws-owned"],
    triggers: ["10.2", "10.3"],
    difference: "Always, whatever is answered about the trail.",
    reason: "Uses of a key that AWS owns do not appear in the customer's records.",
  },
  {
    reading: "today",
    from: "hint",
    options: "every option",
    triggers: ["10.2"],
    difference: "A trail over some Regions only triggers it too.",
    reason: "Whatever happens in a Region without a trail leaves no record.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["cloudhsm-direct"],
    triggers: ["10.2"],
    difference: "A trail that leaves the events of KMS out does not trigger it.",
    reason: "Without KMS there are no such events.",
  },
  {
    reading: "today",
    from: "hint",
    options: ["byok-cloudhsm", "cloudhsm-direct", "kms-cloudhsm-store"],
    triggers: ["10.3"],
    difference: "Audit logs of the HSMs that are not kept trigger it too.",
    reason: "What the requirement wants recorded of an HSM's users is in those logs only.",
  },
  {
    reading: "today",
    from: "hint",
    options: "every option",
    triggers: ["10.5", "10.7"],
    difference: "No trail triggers it, whatever is answered about protection and retention.",
    reason: "Records that do not exist are neither protected nor kept.",
  },
];

/** Every known difference, with its reason. The test of the table fails on any that is not listed, and on any that is none. */
export const TRIGGER_DIFFERENCES: readonly TriggerDifference[] = [
  ...FROM_THE_LIST,
  ...FROM_THE_ARTICLES_HINTS,
  ...FROM_TODAYS_HINTS,
];
