import type { PublicTx, SystemTx } from "@/lib/db/kinds";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";

/** The digest of a loaded catalogue version, or null when it is not loaded. */
export async function catalogueDigest(tx: PublicTx, id: string): Promise<string | null> {
  const row = await tx.db.catalogueVersion.findUnique({ where: { id }, select: { digest: true } });
  return row?.digest ?? null;
}

/** Writes a whole catalogue under its id. Details are kept as in the files, their searchable parts as columns beside. */
export async function insertCatalogue(tx: SystemTx, catalogue: Catalogue, digest: string): Promise<void> {
  const catalogueVersionId = catalogue.manifest.id;
  await tx.db.catalogueVersion.create({
    data: {
      id: catalogueVersionId,
      asOf: new Date(`${catalogue.manifest.asOf}T00:00:00Z`),
      digest,
      detail: stored(catalogue.manifest),
      loadedAt: tx.now,
    },
  });
  await tx.db.requirement.createMany({
    data: catalogue.requirements.map(({ version, ...rest }, position) => ({
      catalogueVersionId,
      standardVersion: version,
      position,
      ...rest,
    })),
  });
  await tx.db.requirementMapping.createMany({
    data: catalogue.mappings.map(({ from, to, confidence }, position) => ({
      catalogueVersionId,
      position,
      fromNumber: from,
      toNumbers: [...to],
      confidence,
    })),
  });
  await tx.db.articleRow.createMany({
    data: catalogue.articleRows.map((row, position) => ({
      catalogueVersionId,
      position,
      id: row.id,
      canonicalNumber: row.canonicalNumber,
      statusToday: row.statusToday,
      disputed: row.disputed,
      services: [...row.services],
      v4Numbers: [...row.v4Numbers],
      detail: stored(row),
    })),
  });
  await tx.db.articleClaim.createMany({
    data: catalogue.claims.map((claim, position) => ({
      ...weighed(catalogueVersionId, position, claim),
      pciRequirement: claim.pciRequirement,
    })),
  });
  await tx.db.keyOption.createMany({
    data: catalogue.keyOptions.map((option, position) => ({
      ...weighed(catalogueVersionId, position, option),
      inArticle: option.inArticle,
    })),
  });
  await tx.db.finalCheck.createMany({
    data: catalogue.finalChecks.map((check, position) => weighed(catalogueVersionId, position, check)),
  });
}

function weighed(
  catalogueVersionId: string,
  position: number,
  item: { readonly id: string; readonly statusToday: string; readonly disputed: boolean },
) {
  const { id, statusToday, disputed } = item;
  return { catalogueVersionId, position, id, statusToday, disputed, detail: stored(item) };
}

/** A plain copy, as the JSON column takes it. */
function stored(value: object) {
  return structuredClone(value) as Record<string, never>;
}
