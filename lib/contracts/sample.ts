import { z } from "zod";
import { ARTICLE_ROW_IDS, type ArticleRowId } from "@/lib/domain/catalogue/article";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { FrozenAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { EvidenceLink, WorksheetSections } from "@/lib/domain/worksheet/model";

/** The address of a sample. */
export const sampleParams = z.object({ sampleId: z.enum(ARTICLE_ROW_IDS) });

/** A sample in a list. The companies, people and files in it are invented. */
export interface SampleRefDto {
  readonly sampleId: ArticleRowId;
  readonly title: string;
  /** Whose worksheet it is, and of what. */
  readonly about: string;
  /** The requirement that it is written for: a leaf of the row's numbers. */
  readonly requirementNumber: string;
}

/** A worksheet of the sample library with the dates that it has today. */
export interface SampleDto extends SampleRefDto {
  readonly standardVersion: StandardVersion;
  readonly requirementTitle: string;
  readonly sections: WorksheetSections;
  /** Its files have names and digests, but no bytes behind them. */
  readonly evidence: readonly EvidenceLink[];
  readonly answers: readonly FrozenAnswer[];
}

/** Where a signed-in person could take a sample up: their engagements of its version. */
export interface SamplePlaceDto {
  readonly engagement: { readonly id: string; readonly name: string };
  /** The workbook's row of the sample's requirement; null where the workbook does not have it. */
  readonly dispositionId: string | null;
  readonly worksheetId: string | null;
}
