import { z } from "zod";
import { revisionNumber } from "@/lib/contracts/review";
import { openWorksheetInput } from "@/lib/contracts/rigour";
import { requiredText, uuid } from "@/lib/contracts/text";
import type { Successor } from "@/lib/domain/catalogue/successors";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { AddedPart } from "@/lib/domain/worksheet/added-parts";
import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import type { FrozenAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetHeader, WorksheetSections } from "@/lib/domain/worksheet/model";

/**
 * Body of `POST /engagements/{id}/carry-overs`: which worksheet of 3.2.1 goes on under which number of 4.0.1. The gate is
 * answered before there is a worksheet, as for any other.
 */
export const carryOverInput = openWorksheetInput.omit({ start: true }).extend({
  worksheetId: uuid,
  requirementNumber: requiredText(20),
});
export type CarryOverInput = z.infer<typeof carryOverInput>;

/** Query of `GET /engagements/{id}/carry-overs`: only what may go on under this number; without it everything. */
export const carrySourcesQuery = z.object({ number: requiredText(20).optional() });

/** A number under which a worksheet may go on. */
export interface CarryPlaceDto extends Successor {
  /** Whether the requirement is usually met by a setting, so that the gate asks why it is not switched on. */
  readonly configurationGap: boolean;
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

/** What carrying a draft over calls for. The text as it came stands in the facts of the rules. */
export interface CarriedOverDto {
  readonly added: readonly AddedPart[];
  readonly references: readonly CarriedReference[];
}

/** Query of `GET /worksheets/{id}/legacy`: which revision; without it the newest text that the person may read. */
export const legacyQuery = z.object({ revision: revisionNumber.optional() });

/** A worksheet of 4.0.1 read in the shape of 3.2.1. It is for reading and nothing that can be reported. */
export interface LegacyReadingDto {
  readonly worksheetId: string;
  readonly engagementId: string;
  /** As it is under 4.0.1. */
  readonly header: WorksheetHeader;
  /** The revision that is read; null for the draft. */
  readonly revision: number | null;
  /** The numbers of 3.2.1 that it would stand under; none where 3.2.1 had no such requirement. */
  readonly numbers: readonly { readonly number: string; readonly title: string }[];
  readonly sections: WorksheetSections;
  /** The answers to the criteria that 3.2.1 asks, and those to what only 4.0.1 asks, each under its own numbers. */
  readonly answers: readonly FrozenAnswer[];
  readonly notAsked: readonly FrozenAnswer[];
  /** What differs from the worksheet as it is written, in words. */
  readonly added: readonly AddedPart[];
  readonly references: readonly CarriedReference[];
}
