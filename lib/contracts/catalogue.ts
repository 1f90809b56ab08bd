import { z } from "zod";
import type { SampleRefDto } from "@/lib/contracts/sample";
import { text } from "@/lib/contracts/text";
import type { ArticleClaim, ArticleRow, ArticleRowId, FinalCheck } from "@/lib/domain/catalogue/article";
import type { OldName } from "@/lib/domain/catalogue/catalogue";
import { KEY_OPTION_IDS, type KeyOption, type KeyOptionId } from "@/lib/domain/catalogue/key-option";
import type { Counterpart, NumberingSlip } from "@/lib/domain/catalogue/mapping";
import type { Requirement, RequirementMapping } from "@/lib/domain/catalogue/requirement";
import { STANDARD_VERSIONS, type StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type Provenance, STANDINGS, STATUSES_TODAY, type Standing } from "@/lib/domain/catalogue/status";

/** Query of `GET /catalogue/requirements`. `status` takes a standing or the status of an article row. */
export const requirementsQuery = z.object({
  version: z.enum(STANDARD_VERSIONS).default("4.0.1"),
  q: text(200).optional(),
  status: z.enum([...STANDINGS, ...STATUSES_TODAY]).optional(),
  service: text(100).optional(),
  keyOption: z.enum(KEY_OPTION_IDS).optional(),
});
export type RequirementsQuery = z.infer<typeof requirementsQuery>;

/** The address of one requirement. */
export const requirementParams = z.object({ version: z.enum(STANDARD_VERSIONS), number: text(20) });
export type RequirementParams = z.infer<typeof requirementParams>;

/** A list of the catalogue: which state of it, how many, which. */
export interface CatalogueList<T> {
  readonly catalogueVersion: string;
  /** The day this state of the catalogue was checked. */
  readonly asOf: string;
  readonly total: number;
  readonly items: readonly T[];
}

/** `GET /catalogue/requirements` */
export interface RequirementListDto extends CatalogueList<RequirementSummaryDto> {
  readonly version: StandardVersion;
  /** Numbers of that version, whatever the filter. */
  readonly all: number;
  /** Old names in the query that were read as today's. */
  readonly readAs: readonly OldName[];
  /** AWS services that may be filtered by. */
  readonly services: readonly string[];
}

/** A requirement in a list. Number and title are definitions; what the article says of it carries sources of its own. */
export interface RequirementSummaryDto extends Requirement, Provenance {
  readonly status: Standing;
  readonly counterparts: readonly Counterpart[];
  readonly articleRows: readonly ArticleRowRefDto[];
  /** What the article calls by this number of 3.2.1 although it is another. */
  readonly numberingSlips: readonly NumberingSlip[];
}

/** An article row as a list shows it. */
export interface ArticleRowRefDto extends Provenance, Pick<ArticleRow, "title" | "statusToday" | "services"> {
  readonly id: ArticleRowId;
  /** Key options that can trigger it in either reading. */
  readonly keyOptions: readonly KeyOptionId[];
}

/** A number with its title. */
export type RequirementRefDto = Pick<Requirement, "number" | "title" | "leaf" | "noCcw">;

/** `GET /catalogue/requirements/{version}/{number}` */
export interface RequirementDetailDto extends Omit<RequirementSummaryDto, "articleRows"> {
  readonly catalogueVersion: string;
  readonly ancestors: readonly RequirementRefDto[];
  readonly children: readonly RequirementRefDto[];
  /** Titles of the counterparts, and of the numbers that the article rows name, by version. */
  readonly titles: Readonly<Record<StandardVersion, Readonly<Record<string, string>>>>;
  readonly worksheet: WorksheetAdviceDto;
  /** Why the customized approach is not open in a report on compliance; null when it is. */
  readonly customizedApproachBarrier: string | null;
  /** Whether the article's gap is one of configuration today: then it has to be said why the setting cannot be switched on. */
  readonly configurationGap: boolean;
  readonly articleRows: readonly ArticleRowDto[];
  readonly claims: readonly ArticleClaim[];
  /** Sample worksheets of those rows. */
  readonly samples: readonly SampleRefDto[];
}

/** What opening a worksheet for the number leads to. */
export type WorksheetAdviceDto =
  | { readonly kind: "ok"; readonly warning: string | null }
  | { readonly kind: "grouping"; readonly leaves: readonly RequirementRefDto[] }
  | { readonly kind: "refused"; readonly reason: string };

/** An article row in depth, with the key options that trigger it. */
export interface ArticleRowDto extends ArticleRow {
  readonly triggeredBy: readonly TriggeringOptionDto[];
}

/** How one key option triggers a row, by reading. */
export interface TriggeringOptionDto {
  readonly option: KeyOptionId;
  readonly name: string;
  readonly article: readonly TriggerRuleDto[];
  readonly today: readonly TriggerRuleDto[];
}

/** A reason, and whether it holds always or depends on the environment. */
export interface TriggerRuleDto {
  readonly text: string;
  readonly always: boolean;
}

/** A line of `GET /catalogue/mappings`: our reading, therefore a definition. */
export interface MappingDto extends RequirementMapping, Provenance {
  readonly status: "our reading";
}

export type ClaimListDto = CatalogueList<ArticleClaim>;
export type KeyOptionListDto = CatalogueList<KeyOption>;
export type FinalCheckListDto = CatalogueList<FinalCheck>;
export type ArticleRowListDto = CatalogueList<ArticleRowDto>;
export type MappingListDto = CatalogueList<MappingDto>;
