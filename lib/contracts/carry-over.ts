import { z } from "zod";
import { openWorksheetInput } from "@/lib/contracts/rigour";
import { requiredText, uuid } from "@/lib/contracts/text";
import type { Successor } from "@/lib/domain/catalogue/successors";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { AddedPart } from "@/lib/domain/worksheet/added-parts";
import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { OriginWorksheet } from "@/lib/domain/worksheet/origin";

/**
 * Body of `POST /engagements/{id}/carry-overs`: which worksheet of 3.2.1 goes on under which number of 4.0.1. The gate is
 * answered before there is a worksheet, as for any other.
 */
export const carryOverInput = openWorksheetInput.extend({
  worksheetId: uuid,
  requirementNumber: requiredText(20),
});
export type CarryOverInput = z.infer<typeof carryOverInput>;

/** Query of `GET /engagements/{id}/carry-overs`: only what may go on under this number; without it everything. */
export const carrySourcesQuery = z.object({ number: requiredText(20).optional() });

/** A number under which a worksheet may go on. */
export interface CarryPlaceDto extends Successor {
  /** The worksheet that this engagement has for it already. */
  readonly worksheetId: string | null;
  readonly inWorkbook: boolean;
}

/** A worksheet of 3.2.1 that may be carried over, with where to: an item of `GET /engagements/{id}/carry-overs`. */
export interface CarrySourceDto {
  readonly worksheetId: string;
  readonly engagement: { readonly id: string; readonly name: string };
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly state: WorksheetState;
  /** What would be taken: this revision; null for the draft. */
  readonly revision: number | null;
  readonly places: readonly CarryPlaceDto[];
}

/** Where a draft was carried over from, and what that calls for. */
export interface CarriedOverDto {
  readonly from: OriginWorksheet;
  /** Whether the reader may open the source. */
  readonly mayOpen: boolean;
  readonly added: readonly AddedPart[];
  readonly references: readonly CarriedReference[];
  /** The text as it came. */
  readonly taken: { readonly sections: WorksheetSections; readonly answers: readonly CriterionAnswer[] };
}
