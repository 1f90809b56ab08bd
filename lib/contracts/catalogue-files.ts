import { z } from "zod";
import {
  ARTICLE_ROW_IDS,
  type ArticleClaim,
  type ArticleRow,
  FINAL_CHECK_IDS,
  type FinalCheck,
} from "@/lib/domain/catalogue/article";
import type { CatalogueManifest } from "@/lib/domain/catalogue/catalogue";
import { KEY_AXES, KEY_OPTION_IDS, type KeyOption, SUITABILITIES } from "@/lib/domain/catalogue/key-option";
import type { Requirement, RequirementMapping } from "@/lib/domain/catalogue/requirement";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { STATUSES_TODAY } from "@/lib/domain/catalogue/status";

/** The shapes of the data files under prisma/catalogue. Anything unknown in them is an error. */

const words = z.string().trim().min(1);
const number = z.string().regex(/^(?:A[1-3]|[1-9]\d?)(?:\.\d{1,2})*$/);
const day = z.iso.date();

const provenance = {
  disputed: z.boolean(),
  disputeReason: words.nullable(),
  sources: z.array(z.url({ protocol: /^https?$/ })),
  definition: z.boolean(),
  asOf: day,
};
const weighed = {
  articleReading: words,
  statusToday: z.enum(STATUSES_TODAY),
  statusNote: words,
  ...provenance,
};

interface Marked {
  disputed: boolean;
  disputeReason: string | null;
  sources: readonly string[];
  definition: boolean;
}

/** A dispute needs its reason, and a statement needs sources unless it is a definition. */
function provenanceHolds(value: Marked): boolean {
  return value.disputed === (value.disputeReason !== null) && value.definition === (value.sources.length === 0);
}
const provenanceError = "Needs a source or the mark definition, and a reason exactly when disputed.";

/** A line of requirements-VERSION.json; the version is the file's. */
export const requirementFile = z.array(
  z.strictObject({
    number,
    parent: number.nullable(),
    level: z.int().min(1).max(5),
    leaf: z.boolean(),
    title: words,
    serviceProvidersOnly: z.boolean(),
    customizedApproachEligible: z.boolean().nullable(),
    noCcw: z.boolean(),
    futureDated: z.boolean(),
    futureDatedInPart: z.boolean(),
    frequencyBound: z.boolean(),
    supersededBy: number.nullable(),
  }),
) satisfies z.ZodType<Omit<Requirement, "version">[]>;

/** mappings.json */
export const mappingFile = z.array(
  z.strictObject({ from: number, to: z.array(number).min(1), confidence: z.enum(["high", "medium"]) }),
) satisfies z.ZodType<RequirementMapping[]>;

/** article-rows.json */
export const articleRowFile = z.array(
  z
    .strictObject({
      id: z.enum(ARTICLE_ROW_IDS),
      canonicalNumber: number,
      inArticleTable: z.boolean(),
      articlePlace: words,
      numberingNote: words.nullable(),
      title: words,
      triggerInWords: z.strictObject({ article: words, today: words }),
      v4Primary: number,
      v4Numbers: z.array(number).min(1),
      v4Objective: words.nullable(),
      v4Change: words,
      services: z.array(words).min(1),
      aliases: z.array(words),
      ...weighed,
    })
    .refine(provenanceHolds, provenanceError)
    .refine((row) => row.v4Numbers.includes(row.v4Primary), "The primary number is not among the others."),
) satisfies z.ZodType<ArticleRow[]>;

/** claims.json */
export const claimFile = z.array(
  z
    .strictObject({
      id: z.string().regex(/^C\d{2}$/),
      pciRequirement: z.boolean(),
      relatedRows: z.array(z.enum(ARTICLE_ROW_IDS)),
      aliases: z.array(words),
      ...weighed,
    })
    .refine(provenanceHolds, provenanceError),
) satisfies z.ZodType<ArticleClaim[]>;

const reading = z.strictObject({ article: words, today: words });

/** key-options.json */
export const keyOptionFile = z.array(
  z
    .strictObject({
      id: z.enum(KEY_OPTION_IDS),
      name: words,
      inArticle: z.boolean(),
      basis: words.nullable(),
      verdict: z.strictObject({ article: words.nullable(), today: words, suitability: z.enum(SUITABILITIES) }),
      axes: z.record(z.enum(KEY_AXES), reading),
      storageForms: z.array(z.int().min(1).max(3)),
      keyKinds: z.array(words),
      triggers: z.array(words).min(1),
      settles: z.array(words),
      aliases: z.array(words),
      ...weighed,
    })
    .refine(provenanceHolds, provenanceError),
) satisfies z.ZodType<KeyOption[]>;

/** final-checks.json */
export const finalCheckFile = z.array(
  z
    .strictObject({
      id: z.enum(FINAL_CHECK_IDS),
      title: words,
      question: words,
      howToCheck: words,
      passWhen: words,
      ifFail: words,
      severity: z.enum(["error", "warning"]),
      v4Numbers: z.array(number),
      ...weighed,
    })
    .refine(provenanceHolds, provenanceError),
) satisfies z.ZodType<FinalCheck[]>;

const count = z.int().min(1);
const perVersion = <T extends z.ZodType>(of: T) => z.record(z.enum(STANDARD_VERSIONS), of);

/** manifest.json */
export const manifestFile = z.strictObject({
  id: z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\d+)?$/),
  asOf: day,
  title: words,
  article: words,
  notes: z.array(words),
  oldNames: z.array(z.strictObject({ old: words, now: words })),
  sources: perVersion(z.array(words)),
  counts: z.strictObject({
    requirements: perVersion(count),
    mappings: count,
    articleRows: count,
    claims: count,
    keyOptions: count,
    finalChecks: count,
  }),
}) satisfies z.ZodType<CatalogueManifest>;
