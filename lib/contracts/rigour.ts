import { z } from "zod";
import { startInput } from "@/lib/contracts/start";
import { requiredText, rowVersion, text } from "@/lib/contracts/text";
import type { GateAnswer } from "@/lib/domain/rigour/gate-words";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import type { RulesReport } from "@/lib/domain/rigour/report";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourFacts } from "@/lib/domain/rigour/subject";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import type { WorksheetHeader } from "@/lib/domain/worksheet/model";

const answer = z.boolean().nullable();

/** The person was asked whether a text holds card numbers, and says that it does not. */
const acknowledgeCardNumber = z.boolean().optional();

/** The answers of the eligibility gate; null is not answered yet. */
const eligibility = z.strictObject({
  missedActivity: answer,
  storedSad: answer,
  legalBar: answer,
  switchable: answer,
  whyNotSwitchedOn: text(5000),
});

/** Body of `POST /dispositions/{id}/worksheet`: the gate is answered before there is a worksheet, which may begin as another text. */
export const openWorksheetInput = z.strictObject({
  eligibility,
  acknowledgeCardNumber,
  start: startInput.optional(),
});
export type OpenWorksheetInput = z.infer<typeof openWorksheetInput>;

/** Body of `PUT /worksheets/{id}/eligibility`: answers over those that were read; 0 where none were given yet. */
export const eligibilityInput = z.strictObject({
  baseVersion: rowVersion,
  answers: eligibility,
  acknowledgeCardNumber,
});
export type EligibilityInput = z.infer<typeof eligibilityInput>;

/** Body of `PUT /worksheets/{id}/warnings`: the reason for a warning by its key; an empty one takes it back. */
export const warningReasonInput = z.strictObject({
  key: requiredText(500),
  reason: text(5000),
  acknowledgeCardNumber,
});
export type WarningReasonInput = z.infer<typeof warningReasonInput>;

/** The answers of a worksheet's gate as they are stored; version 0 where nobody answered yet. Also `current` of a 409 `stale`. */
export interface EligibilityDto {
  readonly version: number;
  readonly answers: EligibilityAnswers;
}

/** What the page asks the rules with while one writes: the same that the server asks them with at a submission. */
export interface RigourDto {
  readonly knowledge: RigourKnowledge;
  readonly settings: RigourSettings;
  readonly facts: RigourFacts;
  /** The version of the gate's answers in `facts`. */
  readonly eligibilityVersion: number;
  readonly reasons: readonly WarningReason[];
  /** What carrying the draft over did to the requirements that its controls name, whatever it began as since. */
  readonly references: readonly CarriedReference[];
}

/** The report of the rules over one text: `GET /worksheets/{id}/rigour`. */
export interface RigourReportDto extends RulesReport {
  readonly engagementId: string;
  /** Number of the revision; null for the draft, of which the rules are asked now. */
  readonly revision: number | null;
  /** SHA-256, hex, of the text. */
  readonly digest: string;
  readonly header: WorksheetHeader;
  /** The gate's questions with their answers, in words; null where they were not asked yet. */
  readonly gate: readonly GateAnswer[] | null;
  /** The thresholds that are not the built-in ones, a line each. */
  readonly thresholds: readonly string[];
}
