import type { ServiceContext } from "@/lib/auth/context";
import type { RequirementDetailDto, RequirementParams, WorksheetAdviceDto } from "@/lib/contracts/catalogue";
import { notFound } from "@/lib/contracts/failure";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { customizedApproachBarrier, worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { entriesOf, type RequirementEntry } from "@/lib/domain/catalogue/entries";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { ancestorsOf, childrenOf } from "@/lib/domain/catalogue/tree";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { sampleFor } from "@/lib/samples/library";
import { currentCatalogue } from "@/lib/services/catalogue/current";
import { sampleRef } from "@/lib/services/catalogue/read-sample";
import { articleRowDto, requirementRef, summaryOf } from "@/lib/services/catalogue/requirement-dto";

/** One requirement with all that the catalogue knows around it. @throws Failure not_found */
export async function readRequirement(
  context: ServiceContext,
  { version, number }: RequirementParams,
): Promise<RequirementDetailDto> {
  const catalogue = await currentCatalogue(context);
  const entry = entriesOf(catalogue, version).find(({ requirement }) => requirement.number === number);
  if (!entry) throw notFound();
  const own = catalogue.requirements.filter((requirement) => requirement.version === version);
  const rowIds = entry.articleRows.map(({ id }) => id);
  return {
    ...summaryOf(entry, catalogue),
    catalogueVersion: catalogue.manifest.id,
    ancestors: ancestorsOf(own, number).map(requirementRef),
    children: childrenOf(own, number).map(requirementRef),
    titles: titlesAround(entry, catalogue),
    worksheet: advice(own, number),
    customizedApproachBarrier: customizedApproachBarrier(entry.requirement, "ROC"),
    configurationGap: knowledgeFor(catalogue, version, number).configurationGap,
    articleRows: entry.articleRows.map((row) => articleRowDto(row, catalogue.keyOptions)),
    samples: entry.articleRows.flatMap(({ id }) => sampleFor(id) ?? []).map(sampleRef),
    claims: catalogue.claims.filter(({ relatedRows }) => relatedRows.some((row) => rowIds.includes(row))),
  };
}

function titlesAround(
  { requirement, counterparts, articleRows, numberingSlips }: RequirementEntry,
  catalogue: Catalogue,
) {
  const others = counterparts.map(({ number }) => number);
  const named = {
    "4.0.1": new Set([
      ...articleRows.flatMap((row) => row.v4Numbers),
      ...(requirement.version === "3.2.1" ? others : []),
    ]),
    "3.2.1": new Set([
      ...articleRows.map((row) => row.canonicalNumber),
      ...numberingSlips.map((slip) => slip.number),
      ...(requirement.version === "4.0.1" ? others : []),
    ]),
  };
  const titles = (version: StandardVersion) =>
    Object.fromEntries(
      catalogue.requirements
        .filter((one) => one.version === version && named[version].has(one.number))
        .map(({ number, title }) => [number, title]),
    );
  return { "4.0.1": titles("4.0.1"), "3.2.1": titles("3.2.1") };
}

function advice(requirements: readonly Requirement[], number: string): WorksheetAdviceDto {
  const target = worksheetTarget(requirements, number);
  if (target.kind === "ok") return { kind: "ok", warning: target.warning?.text ?? null };
  if (target.kind === "refused") return { kind: "refused", reason: target.reason };
  if (target.kind === "grouping") return { kind: "grouping", leaves: target.leaves.map(requirementRef) };
  throw notFound();
}
