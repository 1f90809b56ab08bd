import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { EvidenceLink, WorksheetSections } from "@/lib/domain/worksheet/model";

/** A piece of evidence as the rules read it. `cardNumbers` says that a file of it was found to hold card numbers. */
export type RigourEvidence = EvidenceLink & { readonly cardNumbers?: boolean };

/** The answers of the eligibility gate; null means not answered yet. */
export interface EligibilityAnswers {
  /** Is the worksheet to make up for a periodic task that was not done? */
  readonly missedActivity: boolean | null;
  /** Is it about sensitive authentication data kept after authorisation? */
  readonly storedSad: boolean | null;
  /** Does a law forbid meeting the requirement? */
  readonly legalBar: boolean | null;
  /** Could a setting that exists be switched on to meet it? */
  readonly switchable: boolean | null;
  /** Why it cannot, where a setting exists or the requirement is a plain configuration gap. */
  readonly whyNotSwitchedOn: string;
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
  readonly copiedFrom: null | {
    readonly kind: "sample" | "worksheet";
    readonly title: string;
    readonly sections: WorksheetSections;
  };
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

/** A gate that nobody has answered yet. */
export const UNANSWERED: EligibilityAnswers = {
  missedActivity: null,
  storedSad: null,
  legalBar: null,
  switchable: null,
  whyNotSwitchedOn: "",
};
