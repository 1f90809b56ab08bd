import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { calendarDay, requiredText, rowVersion, text, uuid, webAddress } from "@/lib/contracts/text";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

const fields = {
  section: z.enum(SECTION_KEYS),
  itemId: uuid.nullable(),
  title: requiredText(300),
  url: webAddress,
  shows: text(4000),
  collectedOn: calendarDay,
  validUntil: calendarDay.nullable(),
};
const inOrder = (value: { collectedOn: string; validUntil: string | null }) =>
  value.validUntil === null || value.validUntil >= value.collectedOn;
const orderError = { message: "Valid until lies before the day it was collected.", path: ["validUntil"] };

/** Body of `POST /worksheets/{id}/evidence`. */
export const addEvidenceInput = z.strictObject(fields).refine(inOrder, orderError);
export type AddEvidenceInput = z.infer<typeof addEvidenceInput>;

/** Body of `PUT /evidence/{id}`. */
export const changeEvidenceInput = z.strictObject({ ...fields, version: rowVersion }).refine(inOrder, orderError);
export type ChangeEvidenceInput = z.infer<typeof changeEvidenceInput>;

/** An evidence link of the draft. */
export interface EvidenceDto extends EvidenceLink {
  readonly version: number;
  readonly addedBy: PersonRef;
  readonly addedAt: string;
  readonly freshness: "fresh" | "expiring" | "expired";
}
