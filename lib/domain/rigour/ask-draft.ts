import { evaluateRigour } from "@/lib/domain/rigour/engine";
import type { Outcome } from "@/lib/domain/rigour/finding";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourFacts } from "@/lib/domain/rigour/subject";
import type { EvidenceLink, WorksheetHeader, WorksheetSections } from "@/lib/domain/worksheet/model";
import { inSections } from "@/lib/domain/worksheet/sections";

/** A draft with what the server gives along to ask the rules with. */
export interface AskedDraft {
  readonly header: Pick<WorksheetHeader, "standardVersion" | "requirementNumber">;
  readonly evidence: readonly EvidenceLink[] | null;
}

/** What the rules are asked with beside the draft. */
export interface AskedWith {
  readonly facts: RigourFacts;
  readonly knowledge: RigourKnowledge;
  readonly settings: RigourSettings;
}

/** Asks the rules about a draft with the text that it has in the page, as the server asks them about what is stored. */
export function askDraft(
  { header: { standardVersion, requirementNumber }, evidence }: AskedDraft,
  { facts, knowledge, settings }: AskedWith,
  sections: WorksheetSections,
): readonly Outcome[] {
  const subject = { standardVersion, requirementNumber, sections, evidence: inSections(evidence ?? []), facts };
  return evaluateRigour(subject, knowledge, settings);
}
