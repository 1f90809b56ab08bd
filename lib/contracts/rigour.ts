import { z } from "zod";
import { requiredText, text } from "@/lib/contracts/text";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourFacts } from "@/lib/domain/rigour/subject";
import type { WarningReason } from "@/lib/domain/worksheet/answers";

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
