import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { EvidenceLink, WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** A piece of evidence as the rules read it. `cardNumbers` says that a file of it was found to hold card numbers. */
export type RigourEvidence = EvidenceLink<SectionKey> & { readonly cardNumbers?: boolean };

/** A text that a worksheet began as. */
export interface CopySource {
  readonly kind: "sample" | "worksheet";
  readonly title: string;
  readonly sections: WorksheetSections;
  /** The answers to the criteria that came along. */
  readonly answers?: readonly CriterionAnswer[];
}

/** What the rules have to know beside the worksheet's own text. */
export interface RigourFacts {
  /** The calendar day on which the rules are asked, `YYYY-MM-DD`. */
  readonly today: string;
  readonly assessmentType: "ROC" | "SAQ";
  /** Whether the same requirement is met by the customized approach in this engagement. */
  readonly customizedApproach: boolean;
  readonly eligibility: EligibilityAnswers;
  /** Ids of people: who wrote, who approved inside the entity, who decides for the assessor. */
  readonly people: {
    readonly authors: readonly string[];
    readonly approver: string | null;
    readonly qsas: readonly string[];
  };
  /** What the worksheet began as, null when it was written from nothing. */
  readonly copiedFrom: null | CopySource;
  /** What it began as before it was emptied and begun anew; left out where there is nothing. */
  readonly copiedBefore?: readonly CopySource[];
  /** The language of the texts (BCP 47); null when it is to be found from the text itself. */
  readonly language: string | null;
}

/** Everything about one worksheet that the rules read. */
export interface RigourSubject {
  readonly standardVersion: StandardVersion;
  readonly requirementNumber: string;
  readonly sections: WorksheetSections;
  readonly evidence: readonly RigourEvidence[];
  readonly facts: RigourFacts;
}

/** Everything that a worksheet ever began as, the newest first: emptying it makes no word of these one's own. */
export function copySources({ copiedFrom, copiedBefore = [] }: RigourFacts): readonly CopySource[] {
  return [...(copiedFrom ? [copiedFrom] : []), ...copiedBefore.toReversed()];
}

/** The answers to the criteria that came with samples; none for a worksheet that never began as one. */
export function sampleAnswers(facts: RigourFacts): readonly CriterionAnswer[] {
  return copySources(facts).flatMap(({ kind, answers = [] }) => (kind === "sample" ? answers : []));
}
