import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";

/** Where an answer leads: to another question, or to the key options to take. */
export type DecisionTarget =
  | { readonly kind: "question"; readonly id: DecisionQuestionId }
  | {
      readonly kind: "options";
      readonly options: readonly { readonly option: KeyOptionId; readonly when: string | null }[];
    };

export type DecisionQuestionId = "outside-aws" | "payment-keys" | "own-material" | "cloudhsm" | "own-hsm";

/** A yes-or-no question of the path. */
export interface DecisionQuestion {
  readonly id: DecisionQuestionId;
  readonly text: string;
  readonly yes: DecisionTarget;
  readonly no: DecisionTarget;
}

/** The path from the first question to a key option, in the order the questions are asked. */
export const DECISION_PATH: readonly DecisionQuestion[] = [
  { id: "outside-aws", text: "Must the keys live outside AWS?", yes: take("xks"), no: ask("payment-keys") },
  {
    id: "payment-keys",
    text: "Are they for PIN, EMV or card verification?",
    yes: take("payment-cryptography"),
    no: ask("own-material"),
  },
  {
    id: "own-material",
    text: "Must you create the key material yourselves?",
    yes: ask("cloudhsm"),
    no: take("cmk-aws-material"),
  },
  {
    id: "cloudhsm",
    text: "Can CloudHSM make the material?",
    yes: {
      kind: "options",
      options: [
        { option: "byok-cloudhsm", when: "by default: make it in CloudHSM and import it" },
        { option: "kms-cloudhsm-store", when: "if AWS services use the key and rotation by import is not wanted" },
        { option: "cloudhsm-direct", when: "for applications that speak to the HSM themselves" },
      ],
    },
    no: ask("own-hsm"),
  },
  {
    id: "own-hsm",
    text: "Do you run an HSM of your own, with governance?",
    yes: take("byok-own-hsm"),
    no: {
      kind: "options",
      options: [{ option: "byok-workstation", when: "stop and reconsider: only a workstation is left" }],
    },
  },
];

function ask(id: DecisionQuestionId): DecisionTarget {
  return { kind: "question", id };
}

function take(option: KeyOptionId): DecisionTarget {
  return { kind: "options", options: [{ option, when: null }] };
}
