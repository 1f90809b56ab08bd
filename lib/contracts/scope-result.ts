import { z } from "zod";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { scopeAnswers } from "@/lib/contracts/scope";
import type { PersonRef } from "@/lib/contracts/section";
import { rowVersion } from "@/lib/contracts/text";
import type { ArticleRowId, FinalCheckId } from "@/lib/domain/catalogue/article";
import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import type { Provenance, StatusToday } from "@/lib/domain/catalogue/status";
import type { ScopeChange } from "@/lib/domain/keys/compare";
import type { ReadingCount, RowReading, Verdict } from "@/lib/domain/keys/scope-result";
import type { ReadingName } from "@/lib/domain/keys/trigger";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";
import type { FinalCheckOutcome } from "@/lib/domain/scope/final-checks";

/** Body of `PUT /engagements/{id}/scope`: all answers given so far, over the version they were read at (0 at first). */
export const saveScopeInput = z.strictObject({ version: rowVersion, answers: scopeAnswers });

/** The wizard's answers. Version 0 has never been saved. */
export interface ScopeDto {
  readonly version: number;
  readonly answers: ScopeAnswers;
  readonly updatedAt: string | null;
  readonly updatedBy: PersonRef | null;
  readonly mayEdit: boolean;
}

/** The reply to a save: what the answers now trigger that they did not, or no longer do. */
export interface ScopeSavedDto {
  readonly scope: ScopeDto;
  readonly changes: readonly ScopeChange[];
  /** Numbers that came into the workbook by this save. */
  readonly added: readonly string[];
}

/** What follows from the answers: `GET /engagements/{id}/scope/result`. */
export interface ScopeResultDto {
  readonly answered: { readonly asked: number; readonly answered: number };
  readonly options: readonly KeyOptionId[];
  /** The verdict on the options in use, in words. */
  readonly verdict: string;
  /** How many of the article's 21 rows count as triggered. */
  readonly rowCounts: Readonly<Record<ReadingName, ReadingCount>>;
  /** How many requirements of the engagement's version follow from them. */
  readonly requirementCounts: Readonly<Record<ReadingName, number>>;
  readonly requirements: readonly TriggeredRequirementDto[];
  readonly finalChecks: readonly FinalCheckDto[];
}

/** A requirement of the engagement's version with the rows that trigger it and the workbook's row for it. */
export interface TriggeredRequirementDto {
  readonly number: string;
  readonly title: string;
  readonly article: Verdict;
  readonly today: Verdict;
  readonly primary: boolean;
  readonly rows: readonly TriggeringRowDto[];
  /** The workbook's row; null for people who do not see the workbook or before it was added. */
  readonly disposition: Pick<DispositionDto, "id" | "disposition" | "worksheet"> | null;
}

/** One row of the article behind a requirement. */
export interface TriggeringRowDto extends Pick<Provenance, "disputed" | "disputeReason" | "asOf" | "sources"> {
  readonly row: ArticleRowId;
  readonly title: string;
  readonly primary: boolean;
  readonly article: RowReading;
  readonly today: RowReading;
  readonly statusToday: StatusToday;
  readonly statusNote: string;
}

/** One of the seven checks of the article's final thoughts, with the catalogue's words. */
export interface FinalCheckDto extends FinalCheckOutcome {
  readonly check: FinalCheckId;
  readonly title: string;
  readonly question: string;
  readonly passWhen: string;
  readonly ifFail: string;
  readonly severity: "error" | "warning";
}
