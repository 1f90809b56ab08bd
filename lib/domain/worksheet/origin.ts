import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What a draft may begin as: a sample, another worksheet of the same version, or one of another version. */
export type OriginKind = "sample" | "worksheet" | "carried_over";

/** What a draft began as, in words for people. */
export const ORIGIN_WORDS: Readonly<Record<OriginKind, string>> = {
  sample: "Begun from a sample",
  worksheet: "Begun from another worksheet",
  carried_over: "Carried over from another version",
};

/** Evidence that the source showed, and that did not come along: it shows the source, and nothing of one's own. */
export interface LeftEvidence {
  readonly section: SectionKey;
  readonly title: string;
}

/** A worksheet that a draft was taken from, as it was named then. `revision` is null for its draft. */
export interface OriginWorksheet {
  readonly worksheetId: string;
  readonly engagementName: string;
  readonly requirementNumber: string;
  readonly revision: number | null;
  readonly evidence?: readonly LeftEvidence[];
}

/** A sample that a draft was taken from, with the day from which its dates were counted. */
export interface OriginSample {
  readonly sampleId: string;
  readonly on: string;
  readonly evidence?: readonly LeftEvidence[];
}

/** Where a draft was taken from. */
export type OriginSource =
  | { readonly kind: "sample"; readonly source: OriginSample }
  | { readonly kind: "worksheet"; readonly source: OriginWorksheet }
  | {
      readonly kind: "carried_over";
      readonly source: OriginWorksheet & {
        readonly standardVersion: StandardVersion;
        /** What became of the requirements that its controls name. */
        readonly references: readonly CarriedReference[];
      };
    };

/** What the draft of a worksheet began as, with the text as it was put there: its source may change later. */
export type WorksheetOrigin = OriginSource & {
  /** What people call the source. */
  readonly title: string;
  readonly sections: WorksheetSections;
  /** The answers to the criteria that came along. */
  readonly answers: readonly CriterionAnswer[];
};
