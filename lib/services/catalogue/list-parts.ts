import type { ServiceContext } from "@/lib/auth/context";
import type {
  ArticleRowListDto,
  ClaimListDto,
  FinalCheckListDto,
  KeyOptionListDto,
  MappingListDto,
} from "@/lib/contracts/catalogue";
import type { OldName } from "@/lib/domain/catalogue/catalogue";
import { currentCatalogue, listOf } from "@/lib/services/catalogue/current";
import { articleRowDto } from "@/lib/services/catalogue/requirement-dto";

/** The article's claims outside its table. Everybody may read them, as all lists of this file. */
export async function listClaims(context: ServiceContext): Promise<ClaimListDto> {
  const catalogue = await currentCatalogue(context);
  return listOf(catalogue, catalogue.claims);
}

/** The ten key options on every axis. */
export async function listKeyOptions(context: ServiceContext): Promise<KeyOptionListDto> {
  const catalogue = await currentCatalogue(context);
  return listOf(catalogue, catalogue.keyOptions);
}

/** The seven checks behind the article's final thoughts. */
export async function listFinalChecks(context: ServiceContext): Promise<FinalCheckListDto> {
  const catalogue = await currentCatalogue(context);
  return listOf(catalogue, catalogue.finalChecks);
}

/** The article's 21 rows in depth. */
export async function listArticleRows(context: ServiceContext): Promise<ArticleRowListDto> {
  const catalogue = await currentCatalogue(context);
  return listOf(
    catalogue,
    catalogue.articleRows.map((row) => articleRowDto(row, catalogue.keyOptions)),
  );
}

/** From every 3.2.1 number to its counterparts in 4.0.1: our reading of both texts. */
export async function listMappings(context: ServiceContext): Promise<MappingListDto> {
  const catalogue = await currentCatalogue(context);
  const { asOf } = catalogue.manifest;
  const marks = {
    status: "our reading",
    disputed: false,
    disputeReason: null,
    sources: [],
    definition: true,
    asOf,
  } as const;
  return listOf(
    catalogue,
    catalogue.mappings.map((mapping) => ({ ...mapping, ...marks })),
  );
}

/** Old names and today's, for searches in the browser. */
export async function oldNames(context: ServiceContext): Promise<readonly OldName[]> {
  return (await currentCatalogue(context)).manifest.oldNames;
}
