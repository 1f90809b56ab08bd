import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { calendarDay, requiredText, rowVersion, text, uuid, webAddressOrNone } from "@/lib/contracts/text";
import { MOST_EVIDENCE, MOST_FILES, type RecordEvidence, type RecordText } from "@/lib/domain/controls/record";
import type { Freshness } from "@/lib/domain/evidence/freshness";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import { CONTROL_NATURES, type ControlOrigin } from "@/lib/domain/worksheet/model";

const evidence = z
  .strictObject({
    id: uuid,
    title: requiredText(300),
    url: webAddressOrNone,
    shows: text(4000),
    collectedOn: calendarDay,
    validUntil: calendarDay.nullable(),
    /** Files that evidence of the engagement has already, by their content. */
    files: z
      .array(z.strictObject({ name: requiredText(255), sha256: z.string().regex(/^[0-9a-f]{64}$/, "Not a digest.") }))
      .max(MOST_FILES),
  })
  .refine(({ url, files }) => url !== "" || files.length > 0, {
    path: ["url"],
    message: "Give an address, or take a file of a worksheet.",
  })
  .refine(({ collectedOn, validUntil }) => validUntil === null || validUntil >= collectedOn, {
    path: ["validUntil"],
    message: "Valid until lies before the day it was collected.",
  });

const fields = {
  title: requiredText(300),
  description: text(20_000),
  nature: z.enum(CONTROL_NATURES),
  owner: text(300),
  changedOn: z.union([z.literal(""), calendarDay]),
  acknowledgeCardNumber: z.boolean().optional(),
};
const wholeEvidence = z
  .array(evidence)
  .max(MOST_EVIDENCE)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "Two entries have the same id.");

/** Body of `POST /engagements/{id}/controls`: a control for the register, which no worksheet uses yet. */
export const addControlInput = z.strictObject({ ...fields, evidence: wholeEvidence });
export type AddControlInput = z.infer<typeof addControlInput>;

/**
 * Body of `PUT /controls/{id}`: the whole control over the version that was read. Where the evidence is left out it stays as
 * it is, whatever it holds, so that a control can always be retired.
 */
export const changeControlInput = z.strictObject({
  ...fields,
  ...{ evidence: wholeEvidence.optional(), version: rowVersion, retired: z.boolean() },
});
export type ChangeControlInput = z.infer<typeof changeControlInput>;

/**
 * Body of `POST /worksheets/{id}/controls/{item}/share` and `/take-over`: nothing, or that the person was asked whether what
 * is brought elsewhere holds card numbers, and says that it does not.
 */
export const bringControlInput = z.strictObject({ acknowledgeCardNumber: z.boolean().optional() });
export type BringControlInput = z.infer<typeof bringControlInput>;

/** A worksheet's use of a shared control. */
export interface ControlUseDto {
  readonly worksheetId: string;
  readonly itemId: string;
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly state: WorksheetState;
  readonly revision: number;
  /** What the control is called there, such as C1. */
  readonly label: string;
  readonly origin: ControlOrigin;
  readonly requirementRef: string;
  /** Whether it says there, and shows there, what the register does. */
  readonly upToDate: boolean;
  /** ISO instant: since when what it says there stands. */
  readonly asOf: string;
  /** Whether the worksheet may be written, and so brought up to date, in its state. */
  readonly editable: boolean;
}

/** Evidence of a shared control, with how fresh it is. */
export interface ControlEvidenceDto extends RecordEvidence {
  readonly freshness: Freshness;
}

/** A control of the register with the worksheets that use it. */
export interface ControlRecordDto extends RecordText {
  readonly id: string;
  readonly evidence: readonly ControlEvidenceDto[];
  /** 0 for people who read what was submitted alone: they see it as it was submitted last. */
  readonly version: number;
  readonly retired: boolean;
  /** ISO instant. */
  readonly updatedAt: string;
  readonly updatedBy: PersonRef | null;
  readonly uses: readonly ControlUseDto[];
}

/** The register of an engagement: `GET /engagements/{id}/controls`. */
export interface RegisterDto {
  readonly total: number;
  readonly items: readonly ControlRecordDto[];
  /** Whether the reader may change it. */
  readonly mayWrite: boolean;
}

/** One control of the register: `GET /controls/{id}`. */
export interface ControlDetailDto {
  readonly control: ControlRecordDto;
  readonly mayWrite: boolean;
  /** Evidence that worksheets have attached to the control for themselves, and that it may take over. */
  readonly offers: readonly EvidenceOfferDto[];
}

/** Evidence of a worksheet's own, on a control that is shared. */
export interface EvidenceOfferDto extends RecordEvidence {
  readonly requirementNumber: string;
}

/** How a control of a worksheet stands to the register that it is of. */
export interface SharedControlDto {
  readonly itemId: string;
  readonly controlRecordId: string;
  readonly upToDate: boolean;
  /** ISO instant of the last change in the register. */
  readonly changedAt: string;
}
