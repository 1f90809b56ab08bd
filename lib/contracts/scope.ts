import { z } from "zod";
import { KEY_OPTION_IDS } from "@/lib/domain/catalogue/key-option";
import { BOOLEAN_FACTS, DATA_KEY_REQUESTERS, IMPORTED_EXPIRIES, NUMBER_FACTS } from "@/lib/domain/keys/facts";
import { ENCRYPT_DECRYPT_APART, EXTRA_BOOLEANS, EXTRA_NUMBERS, type ScopeAnswers } from "@/lib/domain/scope/answers";

const wholeNumber = z
  .int("A whole number, please.")
  .min(0, "Not below 0.")
  .max(1_000_000, "That is more than can be right.");

/** The answers of the scope wizard: every one may be absent, nothing else may be there. An absent answer is not a no. */
export const scopeAnswers = z.strictObject({
  keyOptions: z
    .array(z.enum(KEY_OPTION_IDS))
    .max(KEY_OPTION_IDS.length)
    .refine((options) => new Set(options).size === options.length, "An option is named twice.")
    .optional(),
  dataKeyRequesters: z.enum(DATA_KEY_REQUESTERS).optional(),
  importedExpiry: z.enum(IMPORTED_EXPIRIES).optional(),
  encryptDecryptApart: z.enum(ENCRYPT_DECRYPT_APART).optional(),
  ...optional([...BOOLEAN_FACTS, ...EXTRA_BOOLEANS], z.boolean()),
  ...optional([...NUMBER_FACTS, ...EXTRA_NUMBERS], wholeNumber),
}) satisfies z.ZodType<ScopeAnswers>;

/** One schema for many names, each of them optional. */
function optional<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  return Object.fromEntries(names.map((name) => [name, schema.optional()])) as Record<Name, z.ZodOptional<Schema>>;
}
