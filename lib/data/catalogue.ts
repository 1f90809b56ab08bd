import {
  articleRowFile,
  claimFile,
  finalCheckFile,
  keyOptionFile,
  manifestFile,
} from "@/lib/contracts/catalogue-files";
import type { PublicTx } from "@/lib/db/kinds";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { RequirementMapping } from "@/lib/domain/catalogue/requirement";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** Reads a whole catalogue version, each list in its own order; null when it is not loaded. */
export async function readCatalogue(tx: PublicTx, id: string): Promise<Catalogue | null> {
  const version = await tx.db.catalogueVersion.findUnique({ where: { id } });
  if (version === null) return null;
  const of = { where: { catalogueVersionId: id }, orderBy: { position: "asc" } } as const;
  const requirements = await tx.db.requirement.findMany({ ...of, omit: { catalogueVersionId: true, position: true } });
  const mappings = await tx.db.requirementMapping.findMany(of);
  return {
    manifest: manifestFile.parse(version.detail),
    requirements: requirements.map(({ standardVersion, ...rest }) => ({
      version: standardVersion as StandardVersion,
      ...rest,
    })),
    mappings: mappings.map((row) => ({
      from: row.fromNumber,
      to: row.toNumbers,
      confidence: row.confidence as RequirementMapping["confidence"],
    })),
    articleRows: articleRowFile.parse(details(await tx.db.articleRow.findMany(of))),
    claims: claimFile.parse(details(await tx.db.articleClaim.findMany(of))),
    keyOptions: keyOptionFile.parse(details(await tx.db.keyOption.findMany(of))),
    finalChecks: finalCheckFile.parse(details(await tx.db.finalCheck.findMany(of))),
  };
}

function details(rows: readonly { readonly detail: unknown }[]): unknown[] {
  return rows.map(({ detail }) => detail);
}
