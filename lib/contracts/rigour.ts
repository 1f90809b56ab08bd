import { z } from "zod";
import { requiredText, text } from "@/lib/contracts/text";
import type { GateAnswer } from "@/lib/domain/rigour/gate-words";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import type { RulesReport } from "@/lib/domain/rigour/report";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourFacts } from "@/lib/domain/rigour/subject";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import type { WorksheetHeader } from "@/lib/domain/worksheet/model";

const answer = z.boolean().nullable();

/** Body of `PUT /worksheets/{id}/eligibility`: the answers of the gate; null is not answered yet. */
export const eligibilityInput = z.strictObject({
  missedActivity: answer,
  storedSad: answer,
  legalBar: answer,
  switchable: answer,
  whyNotSwitchedOn: text(5000),
});

/** Body of `PUT /worksheets/{id}/warnings`: the reason for a warning by its key; an empty one takes it back. */
export const warningReasonInput = z.strictObject({ key: requiredText(500), reason: text(5000) });

/** What the page asks the rules with while one writes: the same that the server asks them with at a submission. */
export interface RigourDto {
  readonly knowledge: RigourKnowledge;
  readonly settings: RigourSettings;
  readonly facts: RigourFacts;
  readonly reasons: readonly WarningReason[];
}

/** The report of the rules over one text: `GET /worksheets/{id}/rigour`. */
export interface RigourReportDto extends RulesReport {
  /** Number of the revision; null for the draft, of which the rules are asked now. */
  readonly revision: number | null;
  /** SHA-256, hex, of the text. */
  readonly digest: string;
  readonly header: WorksheetHeader;
  /** The gate's questions with their answers, in words; null where they were not asked yet. */
  readonly gate: readonly GateAnswer[] | null;
}
