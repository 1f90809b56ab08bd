import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import type { TriggerId } from "@/lib/domain/keys/trigger";

/** A place where the typed table says more, or something else, than the reviewed list of triggers for a key option. */
export interface TriggerDifference {
  readonly reading: "article" | "today";
  readonly options: "every option" | readonly KeyOptionId[];
  readonly trigger: TriggerId;
  readonly difference: string;
  readonly reason: string;
}

const NOT_A_WORKSHEET_IN_THE_ARTICLE =
  "The article names the item without asking for a worksheet; the list of triggers leaves it out.";

/** Every known difference, with its reason. The test of the table fails on any that is not listed. */
export const TRIGGER_DIFFERENCES: readonly TriggerDifference[] = [
  {
    reading: "article",
    options: "every option",
    trigger: "3.5.1",
    difference: "In the table when more people can reach keys than the limit allows.",
    reason: NOT_A_WORKSHEET_IN_THE_ARTICLE,
  },
  {
    reading: "article",
    options: "every option",
    trigger: "3.5.2",
    difference: "In the table when key material lives elsewhere too.",
    reason: NOT_A_WORKSHEET_IN_THE_ARTICLE,
  },
  {
    reading: "article",
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
    trigger: "3.5.3",
    difference: "In the table when no storage form can be shown.",
    reason: NOT_A_WORKSHEET_IN_THE_ARTICLE,
  },
  {
    reading: "article",
    options: ["byok-own-hsm"],
    trigger: "3.5-KEK",
    difference: "Always, with no condition for governance.",
    reason:
      "The list says governance may settle it. Whether it does is the assessor's to weigh, so the letter stays and the reason says so.",
  },
  {
    reading: "article",
    options: ["payment-cryptography"],
    trigger: "3.6.4",
    difference: "A trigger, where the list speaks of a duty under 3.6.4 and 3.6.5.",
    reason: "A duty that has to be answered is a row of the workbook.",
  },
  {
    reading: "article",
    options: ["payment-cryptography"],
    trigger: "3.6.5",
    difference: "A trigger, where the list speaks of a duty under 3.6.4 and 3.6.5.",
    reason: "A duty that has to be answered is a row of the workbook.",
  },
  {
    reading: "today",
    options: ["cloudhsm-direct"],
    trigger: "3.6.4",
    difference: "Asked today although the article's reason concerns KMS only.",
    reason: "Rotation in CloudHSM is the customer's to build; without a cryptoperiod the requirement is not met.",
  },
  {
    reading: "today",
    options: ["cloudhsm-direct"],
    trigger: "3.6.5",
    difference: "Asked today although the article's reason concerns KMS only.",
    reason: "The duty applies in full to the key officers of CloudHSM.",
  },
  {
    reading: "today",
    options: ["aws-owned"],
    trigger: "3.6.4",
    difference: "Always, whatever is answered about rotation.",
    reason: "AWS sets the rotation of a key it owns; the customer can neither set nor show it.",
  },
  {
    reading: "today",
    options: ["aws-owned"],
    trigger: "3.6.5",
    difference: "Always, whatever is answered about leavers.",
    reason: "The customer cannot replace or revoke a key that AWS owns.",
  },
  {
    reading: "today",
    options: ["aws-owned"],
    trigger: "10.2",
    difference: "Always, whatever is answered about the trail.",
    reason: "Uses of a key that AWS owns do not appear in the customer's records.",
  },
  {
    reading: "today",
    options: ["aws-owned"],
    trigger: "10.3",
    difference: "Always, whatever is answered about the trail.",
    reason: "Uses of a key that AWS owns do not appear in the customer's records.",
  },
  {
    reading: "today",
    options: ["byok-workstation", "byok-own-hsm", "xks"],
    trigger: "3.5.3",
    difference: "Asked today, where the hint says normally none.",
    reason: "The copy held outside AWS has to be in one of the three forms itself.",
  },
  {
    reading: "today",
    options: ["byok-own-hsm", "xks"],
    trigger: "3.6.6",
    difference: "Not triggered when an HSM generates and wraps, where the hint says as in the article.",
    reason: "Then no person handles clear text, so nothing is managed by hand.",
  },
  {
    reading: "today",
    options: "every option",
    trigger: "8.5",
    difference: "Shared IDs or keys trigger it too.",
    reason: "The status note keeps the article's point for root and shared keys.",
  },
];
