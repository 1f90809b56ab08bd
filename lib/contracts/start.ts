import { z } from "zod";
import type { SampleRefDto } from "@/lib/contracts/sample";
import type { PersonRef } from "@/lib/contracts/section";
import { uuid } from "@/lib/contracts/text";
import { ARTICLE_ROW_IDS } from "@/lib/domain/catalogue/article";
import type { LeftEvidence, OriginKind } from "@/lib/domain/worksheet/origin";

const fromSample = z.strictObject({ kind: z.literal("sample"), sampleId: z.enum(ARTICLE_ROW_IDS) });
const fromWorksheet = z.strictObject({ kind: z.literal("worksheet"), worksheetId: uuid });

/** What an empty draft begins as. */
export const startInput = z.discriminatedUnion("kind", [fromSample, fromWorksheet]);
export type StartInput = z.infer<typeof startInput>;

/** The person was asked whether the text holds card numbers, and says that it does not. */
const acknowledgement = { acknowledgeCardNumber: z.boolean().optional() };

/** Body of `POST /worksheets/{id}/start`. */
export const startWorksheetInput = z.discriminatedUnion("kind", [
  fromSample.extend(acknowledgement),
  fromWorksheet.extend(acknowledgement),
]);
export type StartWorksheetInput = z.infer<typeof startWorksheetInput>;

/** A worksheet that a draft could begin as. */
export interface WorksheetStartDto {
  readonly worksheetId: string;
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly engagement: { readonly id: string; readonly name: string };
  /** The revision whose text is taken; null for the draft. */
  readonly revision: number | null;
  /** How many pieces of evidence it shows, none of which comes along. */
  readonly evidence: number;
}

/** What an empty draft could begin as: `GET /worksheets/{id}/starts`. The nearest come first. */
export interface StartsDto {
  readonly samples: readonly SampleRefDto[];
  readonly worksheets: readonly WorksheetStartDto[];
}

/** What the draft of a worksheet began as. */
export interface OriginDto {
  readonly kind: OriginKind;
  readonly title: string;
  /** ISO instant. */
  readonly takenAt: string;
  readonly takenBy: PersonRef;
  /** Null for the assessor's side and for observers, who are told that there is a source, and not what else it holds. */
  readonly source: {
    /** A sample's id, or null. */
    readonly sampleId: string | null;
    /** A worksheet's id, or null. */
    readonly worksheetId: string | null;
    /** What it was written for. */
    readonly requirementNumber: string;
    readonly evidence: readonly LeftEvidence[];
  } | null;
}
