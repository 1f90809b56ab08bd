import { z } from "zod";
import { updateDispositionInput } from "@/lib/contracts/disposition";
import { addEvidenceInput } from "@/lib/contracts/evidence";
import { type EligibilityDto, eligibilityInput, warningReasonInput } from "@/lib/contracts/rigour";
import { type SectionDto, sectionContentSchema } from "@/lib/contracts/section";
import { rowVersion, text, uuid } from "@/lib/contracts/text";
import type { ImportField } from "@/lib/domain/oscal/import-fields";
import type { EvidenceFields } from "@/lib/domain/oscal/pair-evidence";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { CcwPartKey } from "@/lib/domain/worksheet/sections";

/** The largest plan that is taken in, in bytes. */
export const LARGEST_PLAN = 8 * 1024 * 1024;
/** The most worksheets, and the most planned fixes, of one import. */
export const MOST_DOCUMENTS = 200;
/** The most saves of one import: each has an event, and all of them are one transaction. */
export const MOST_SAVES = 250;
/** The most pieces of evidence that one worksheet of a plan has. */
export const MOST_EVIDENCE = 500;

function part<K extends CcwPartKey>(key: K) {
  return z.strictObject({ key: z.literal(key), baseVersion: rowVersion, content: sectionContentSchema(key) });
}

const parts = z.discriminatedUnion("key", [
  part("constraints"),
  part("definition"),
  part("objective"),
  part("identifiedRisk"),
  part("validation"),
  part("maintenance"),
  part("criteria"),
]);

/** Evidence that stood, and the version that was read. */
const known = z.strictObject({ id: uuid, version: rowVersion });

/** Evidence to add, or, with an id and the version that was read, to change. */
const evidence = z.strictObject({
  changes: known.nullable(),
  fields: addEvidenceInput,
});

const worksheet = z
  .strictObject({
    dispositionId: uuid,
    /** Null for a worksheet that is opened. */
    worksheetId: uuid.nullable(),
    /** The version of the row that opening a worksheet changes, as it was read; null for one that stands. */
    rowVersion: rowVersion.nullable(),
    /** The answers of the gate, over those that were read; null where they stay. */
    eligibility: eligibilityInput.nullable(),
    parts: z.array(parts).max(7),
    evidence: z.array(evidence).max(MOST_EVIDENCE),
    /**
     * The evidence that stood when this was read, by id and version, which has to be said where any is to be added. What came
     * or was changed since is what was to be added where it says the same, and otherwise a conflict: it may be just that,
     * corrected meanwhile.
     */
    seen: z.array(known).max(5000, "At most 5,000 pieces of evidence.").optional(),
    /** Evidence, by id and version, that leaves with a shared control which the definition names no more. */
    leaves: z.array(known).max(500).default([]),
    /** Reasons for warnings, over those that were read (empty for none); one whose warning the text does not have is left out. */
    reasons: z.array(warningReasonInput.extend({ before: text(5000) })).max(500),
  })
  .refine(({ evidence, seen }) => seen !== undefined || evidence.every(({ changes }) => changes !== null), {
    path: ["seen"],
    message: "Say what evidence stood when this was read, as the preview gave it: none would be an empty list.",
  });

/** Body of `POST /engagements/{id}/oscal/apply`: what a preview gave, or some of it; all or nothing. */
export const applyPlanInput = z
  .strictObject({
    worksheets: z.array(worksheet).max(MOST_DOCUMENTS),
    rows: z.array(updateDispositionInput.extend({ id: uuid })).max(MOST_DOCUMENTS),
    acknowledgeCardNumber: z.boolean().optional(),
  })
  .refine(({ worksheets, rows }) => worksheets.length + rows.length > 0, {
    path: ["worksheets"],
    message: "Choose what is to be taken in.",
  })
  .refine(({ worksheets }) => worksheets.every((one) => (one.worksheetId === null) === (one.rowVersion !== null)), {
    path: ["worksheets"],
    message: "A worksheet that is opened comes with its row’s version, and one that stands without.",
  })
  .refine(isEachOnce, { path: ["worksheets"], message: "Each requirement can be taken in once." });
export type ApplyPlanInput = z.output<typeof applyPlanInput>;
/** One worksheet of {@link applyPlanInput}. */
export type WorksheetImport = ApplyPlanInput["worksheets"][number];

function isEachOnce(input: {
  readonly worksheets: readonly {
    readonly dispositionId: string;
    readonly parts: readonly { readonly key: string }[];
    readonly evidence: readonly { readonly changes: { readonly id: string } | null }[];
    readonly reasons: readonly { readonly key: string }[];
  }[];
  readonly rows: readonly { readonly id: string }[];
}): boolean {
  const ids = [...input.worksheets.map(({ dispositionId }) => dispositionId), ...input.rows.map(({ id }) => id)];
  const isOnce = (all: readonly string[]) => new Set(all).size === all.length;
  return (
    isOnce(ids) &&
    input.worksheets.every(
      (one) =>
        isOnce(one.parts.map(({ key }) => key)) &&
        isOnce(one.evidence.flatMap(({ changes }) => changes?.id ?? [])) &&
        isOnce(one.reasons.map(({ key }) => key)),
    )
  );
}

/** What a plan would bring: `POST /engagements/{id}/oscal/preview`. Nothing is changed. */
export interface PlanPreviewDto {
  /** Where the plan comes from. `at` is the instant of the last thing that it tells, ISO 8601. */
  readonly from: { readonly entityName: string; readonly engagementName: string; readonly at: string };
  readonly worksheets: readonly WorksheetImportDto[];
  readonly rows: readonly RowImportDto[];
  /** Requirements that stand here as the plan has them. */
  readonly same: readonly string[];
  /** What cannot be taken in, and why. */
  readonly refused: readonly { readonly requirementNumber: string; readonly reason: string }[];
  /** The most saves that are made at once. */
  readonly mostSaves: number;
}

/** A worksheet that a plan would open or change. */
export interface WorksheetImportDto {
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  /** What stands now of each part that changes, in the order of those of the change; null where the preview became too large. */
  readonly before: readonly (SectionContent<CcwPartKey> | null)[];
  /** What changes beside the parts: the row, the gate, evidence and reasons, field by field. */
  readonly fields: readonly ImportField[];
  /** How many fields, and texts of `before`, are not told, because the preview became too large. */
  readonly leftOut: number;
  /** What does not come along, and what else to know; a sentence each. */
  readonly notes: readonly string[];
  /** How many saves it takes. */
  readonly saves: number;
  /** To be sent back for taking it in. */
  readonly change: WorksheetImport;
}

/** A planned fix that a plan would put into a row. */
export interface RowImportDto {
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  /** Each field, of long texts a passage, and how many characters of both were left out. */
  readonly cells: readonly (Pick<ImportField, "before" | "after" | "cut"> & { readonly column: string })[];
  /** To be sent back for taking it in. */
  readonly change: ApplyPlanInput["rows"][number];
}

/** What was taken in. */
export interface PlanImportDto {
  readonly worksheets: readonly { readonly id: string; readonly requirementNumber: string; readonly opened: boolean }[];
  /** How many rows now have the plan's fix. */
  readonly rows: number;
  /** How many of the saves were not made, because what they would have written is there already: all of them the second time. */
  readonly already: number;
}

/** `current` of a 409 `stale`: what somebody else changed since the preview, each with what stands now and what was sent. */
export interface PlanConflictDto {
  readonly parts: readonly PlanConflict[];
}

/** Something that is not as the preview showed it. `stored` is null where it is there no more, or not for the person to see. */
export type PlanConflict = { readonly requirementNumber: string } & (
  | { readonly what: "section"; readonly stored: SectionDto; readonly sent: SectionContent<CcwPartKey> }
  | { readonly what: "eligibility"; readonly stored: EligibilityDto; readonly sent: EligibilityAnswers }
  | {
      readonly what: "evidence";
      readonly stored: (EvidenceFields & { readonly version: number }) | null;
      /** Null for evidence that would leave with its shared control. */
      readonly sent: EvidenceFields | null;
    }
  | { readonly what: "reason"; readonly stored: string; readonly sent: string; readonly key: string }
  | { readonly what: "row"; readonly stored: StoredRowFields; readonly sent: StoredRowFields }
  | {
      readonly what: "worksheet";
      readonly stored: { readonly id: string; readonly state: string } | null;
      readonly sent: null;
    }
);

/** What of a row an import writes, by the field. */
export type StoredRowFields = Readonly<Record<string, string | null>>;
