import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { calendarDay, requiredText, rowVersion, text, uuid, webAddressOrNone } from "@/lib/contracts/text";
import type { FileState } from "@/lib/domain/evidence/blob-state";
import type { EvidenceFileEntry, EvidenceLink } from "@/lib/domain/worksheet/model";
import { TEXT_PARTS } from "@/lib/domain/worksheet/sections";

const fields = {
  section: z.enum(TEXT_PARTS),
  itemId: uuid.nullable(),
  title: requiredText(300),
  url: webAddressOrNone,
  shows: text(4000),
  collectedOn: calendarDay,
  validUntil: calendarDay.nullable(),
};
const acknowledgement = { acknowledgeCardNumber: z.boolean().optional() };
const inOrder = (value: { collectedOn: string; validUntil: string | null }) =>
  value.validUntil === null || value.validUntil >= value.collectedOn;
const orderError = { message: "Valid until lies before the day it was collected.", path: ["validUntil"] };

/** Body of `POST /worksheets/{id}/evidence`. */
export const addEvidenceInput = z.strictObject({ ...fields, ...acknowledgement }).refine(inOrder, orderError);
export type AddEvidenceInput = z.infer<typeof addEvidenceInput>;

/** Body of `PUT /evidence/{id}`. */
export const changeEvidenceInput = z
  .strictObject({ ...fields, ...acknowledgement, version: rowVersion })
  .refine(inOrder, orderError);
export type ChangeEvidenceInput = z.infer<typeof changeEvidenceInput>;

/** Query of `POST /evidence/{id}/files`; the body is the file itself. */
export const uploadQuery = z.object({
  name: text(1000),
  /** Said by somebody who was asked whether the file holds card numbers. */
  acknowledgeCardNumber: z.enum(["0", "1"]).default("0"),
});

/** Body of `POST /evidence/{id}/files/again`: files of other evidence of the engagement. */
export const reuseFilesInput = z.strictObject({ fileIds: z.array(uuid).min(1).max(50) });
export type ReuseFilesInput = z.infer<typeof reuseFilesInput>;

/** A file of a piece of evidence of the draft. */
export interface EvidenceFileDto extends EvidenceFileEntry {
  readonly id: string;
  readonly state: FileState;
  readonly uploadedBy: PersonRef;
  readonly uploadedAt: string;
}

/** A file that other evidence of the engagement has, and that can be used again: `GET /evidence/{id}/files/again`. */
export interface ReusableFileDto extends EvidenceFileEntry {
  readonly id: string;
  readonly state: FileState;
  readonly evidenceTitle: string;
  readonly requirementNumber: string;
  readonly uploadedAt: string;
}

/** A piece of evidence of the draft. */
export interface EvidenceDto extends EvidenceLink {
  readonly files: readonly EvidenceFileDto[];
  /** The shared control that it came with, and in whose place in the register alone it changes. */
  readonly controlRecordId: string | null;
  /** What came of trying the link, and when; null while nobody has. */
  readonly linkCheck: { readonly at: string; readonly outcome: string } | null;
  readonly version: number;
  readonly addedBy: PersonRef;
  readonly addedAt: string;
  readonly freshness: "fresh" | "expiring" | "expired";
}
