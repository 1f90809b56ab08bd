import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** A worksheet of one version of PCI DSS, as far as people wrote it. */
export interface VersionedWorksheet {
  readonly standardVersion: StandardVersion;
  readonly requirementNumber: string;
  readonly sections: WorksheetSections;
  readonly answers: readonly CriterionAnswer[];
}

/** The place that a worksheet is carried to. */
export type CarryTarget = Pick<VersionedWorksheet, "standardVersion" | "requirementNumber"> & {
  /** What changed between both numbers, in words; empty when nothing is known. */
  readonly changed: string;
};
