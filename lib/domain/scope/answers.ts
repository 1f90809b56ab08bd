import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import {
  BOOLEAN_FACTS,
  type BooleanFact,
  NUMBER_FACTS,
  type NumberFact,
  type ScopeFacts,
} from "@/lib/domain/keys/facts";

/** Yes-or-no answers beyond the facts that triggers turn on: the entity, and the final checks. */
export const EXTRA_BOOLEANS = [
  "serviceProvider",
  "oneWorkloadPerKey",
  "keyMakersCannotDecrypt",
  "keyPolicyChangesAlarmed",
  "outsideDevicesDecrypt",
  "chdOnWorkstations",
  "workstationsInScope",
] as const;
export type BooleanAnswer = BooleanFact | (typeof EXTRA_BOOLEANS)[number];

/** Whole numbers beyond the facts that triggers turn on. */
export const EXTRA_NUMBERS = ["decryptPeople", "decryptPeopleLimit", "membershipReviewedMonthsAgo"] as const;
export type NumberAnswer = NumberFact | (typeof EXTRA_NUMBERS)[number];

/** Whether the right to encrypt and the right to decrypt are kept apart. */
export const ENCRYPT_DECRYPT_APART = ["apart", "exceptions_listed", "not_apart"] as const;
export type EncryptDecryptApart = (typeof ENCRYPT_DECRYPT_APART)[number];

/** All yes-or-no answers and all numbers, by name. */
export const BOOLEAN_ANSWERS: readonly BooleanAnswer[] = [...BOOLEAN_FACTS, ...EXTRA_BOOLEANS];
export const NUMBER_ANSWERS: readonly NumberAnswer[] = [...NUMBER_FACTS, ...EXTRA_NUMBERS];

/** The answers of the scope wizard. An absent answer has not been given. Numbers are whole, from 0; periods in days. */
export type ScopeAnswers = Readonly<
  Partial<
    Record<BooleanAnswer, boolean> &
      Record<NumberAnswer, number> & {
        keyOptions: readonly KeyOptionId[];
        dataKeyRequesters: NonNullable<ScopeFacts["dataKeyRequesters"]>;
        importedExpiry: NonNullable<ScopeFacts["importedExpiry"]>;
        encryptDecryptApart: EncryptDecryptApart;
      }
  >
>;

/** The name of an answer. */
export type AnswerName = keyof ScopeAnswers;
