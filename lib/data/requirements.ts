import type { PublicTx } from "@/lib/db/kinds";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** A catalogue version never changes once it is loaded, so its requirements are read once a process. */
const known = new Map<string, readonly Requirement[]>();

/** All requirements of a PCI DSS version in one version of the catalogue, in their natural order. */
export async function loadRequirements(
  tx: PublicTx,
  catalogueVersion: string,
  version: StandardVersion,
): Promise<readonly Requirement[]> {
  const key = `${catalogueVersion} ${version}`;
  const cached = known.get(key);
  if (cached) return cached;
  const rows = await tx.db.requirement.findMany({
    where: { catalogueVersionId: catalogueVersion, standardVersion: version },
    orderBy: { position: "asc" },
  });
  const requirements = rows.map(({ catalogueVersionId: _, standardVersion: __, position: ___, ...rest }) => ({
    version,
    ...rest,
  }));
  if (requirements.length > 0) known.set(key, requirements);
  return requirements;
}
