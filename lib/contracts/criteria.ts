import { z } from "zod";
import { revisionNumber } from "@/lib/contracts/review";
import type { PersonRef } from "@/lib/contracts/section";
import { rowVersion, text } from "@/lib/contracts/text";
import { CRITERION_OUTCOMES, type CriteriaTally, type CriterionOutcome } from "@/lib/domain/workflow/criteria-gate";
import { CRITERION_IDS, type CriterionId } from "@/lib/domain/worksheet/criteria";

/** The name of a criterion in an address. */
export const criterionId = z.enum(CRITERION_IDS);

/** Query of `GET /worksheets/{id}/criteria`: which revision; without it the newest that the person may read. */
export const criteriaQuery = z.object({ revision: revisionNumber.optional() });

/** The most characters of a note: it also opens a thread, and stands in the signed statement. */
export const LONGEST_NOTE = 4000;

/**
 * Body of `PUT /worksheets/{id}/criteria/{criterion}`: what is found of a criterion on the revision with this digest, over
 * the version that was read (0: nothing found yet). Assistants of the QSA propose, whoever signs decides.
 */
export const decideCriterionInput = z
  .strictObject({
    kind: z.enum(["decision", "proposal"]),
    digest: text(64),
    baseVersion: rowVersion,
    outcome: z.enum(CRITERION_OUTCOMES),
    note: text(LONGEST_NOTE).default(""),
    /** The person was asked whether the note holds card numbers, and says that it does not. */
    acknowledgeCardNumber: z.boolean().optional(),
  })
  .refine(({ outcome, note }) => outcome === "met" || note.trim() !== "", {
    path: ["note"],
    message: "Say what is missing or asked, so that the entity can answer.",
  });
export type DecideCriterionInput = z.infer<typeof decideCriterionInput>;

/** What was found of a criterion. */
export interface FindingDto {
  readonly outcome: CriterionOutcome;
  readonly note: string;
  readonly by: PersonRef;
  /** ISO instant. */
  readonly at: string;
  /** The thread in which a question or "not met" is talked about. */
  readonly threadId: string | null;
  readonly version: number;
}

/** What was decided over a criterion on an earlier revision; it counts for that one alone. */
export interface EarlierFindingDto extends FindingDto {
  readonly revision: number;
  /** Whether the entity answers the same now, to the letter. */
  readonly sameAnswer: boolean;
}

/** A criterion as a version asks it, with what the entity answers and what was found. */
export interface AskedCriterionDto {
  readonly id: CriterionId;
  readonly number: string;
  /** Null in revisions from before criteria were asked. */
  readonly answer: string | null;
  readonly decision: FindingDto | null;
  /** Of the reader's own company. */
  readonly proposal: FindingDto | null;
  readonly earlier: EarlierFindingDto | null;
}

/** The criteria of one frozen revision: `GET /worksheets/{id}/criteria`. */
export interface CriteriaDto {
  readonly revision: number;
  /** SHA-256, hex, of the revision. */
  readonly digest: string;
  readonly criteria: readonly AskedCriterionDto[];
  readonly tally: CriteriaTally;
  /** Why nobody can sign it as it stands; null once every criterion is met. */
  readonly whyNotSigned: string | null;
  /** Whether the reader decides or proposes, on this revision as it stands; null for everybody else. */
  readonly may: "decision" | "proposal" | null;
}
