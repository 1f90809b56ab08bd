import { z } from "zod";
import { sectionContentSchema } from "@/lib/contracts/section";
import { calendarDay, text, uuid } from "@/lib/contracts/text";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { RIGOUR_SETTING_NAMES } from "@/lib/domain/rigour/settings";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import { LONGEST_ANSWER } from "@/lib/domain/worksheet/criteria-answers";
import type { CcwRevision } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

/** A SHA-256 in hexadecimal. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, "Not a SHA-256 in hexadecimal.");

/** The number of a revision. */
export const revisionNumber = z.int().min(1).max(100_000);

const yesOrNo = z.boolean().nullable();

const evidence = z.strictObject({
  id: uuid,
  section: z.enum(SECTION_KEYS),
  itemId: uuid.nullable(),
  title: text(1000),
  url: text(4000),
  shows: text(20_000),
  collectedOn: calendarDay,
  validUntil: calendarDay.nullable(),
  files: z
    .array(
      z.strictObject({
        name: text(1000),
        size: z
          .int()
          .min(0)
          .max(2 ** 50),
        type: text(300).min(1),
        sha256: sha256Hex,
      }),
    )
    .max(1000)
    .optional(),
});

const warningReason = z.strictObject({
  key: text(1000),
  rule: text(20),
  section: z.enum(SECTION_KEYS).nullable(),
  message: text(20_000),
  reason: text(20_000),
});

/** What a revision begins with. */
const common = {
  schema: z.literal("countervail.revision.v1"),
  worksheetId: uuid,
  revision: revisionNumber,
  header: z.strictObject({
    standardVersion: z.enum(STANDARD_VERSIONS),
    requirementNumber: text(20).min(1),
    requirementTitle: text(1000),
    entityName: text(1000),
    engagementName: text(1000),
  }),
  catalogueVersion: text(40),
};

/**
 * What a revision holds, as it comes from outside: every field of the model and no other. Nothing that passes is changed,
 * so that its digest stays what it is.
 */
export const revisionContentSchema = z.strictObject({
  ...common,
  sections: z.strictObject({
    constraints: sectionContentSchema("constraints"),
    definition: sectionContentSchema("definition"),
    objective: sectionContentSchema("objective"),
    identifiedRisk: sectionContentSchema("identifiedRisk"),
    validation: sectionContentSchema("validation"),
    maintenance: sectionContentSchema("maintenance"),
  }),
  evidence: z.array(evidence).max(5000),
  eligibility: z
    .strictObject({
      missedActivity: yesOrNo,
      storedSad: yesOrNo,
      legalBar: yesOrNo,
      switchable: yesOrNo,
      whyNotSwitchedOn: text(20_000),
    })
    .optional(),
  warningReasons: z.array(warningReason).max(5000).optional(),
  thresholds: z.partialRecord(z.enum(RIGOUR_SETTING_NAMES), z.number()).optional(),
  criteria: z
    .array(z.strictObject({ id: z.enum(CRITERION_IDS), number: text(10), answer: text(LONGEST_ANSWER) }))
    .max(CRITERION_IDS.length)
    .optional(),
}) satisfies z.ZodType<CcwRevision>;
