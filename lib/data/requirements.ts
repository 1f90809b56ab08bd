import { readCatalogue } from "@/lib/data/catalogue";
import type { PublicTx } from "@/lib/db/kinds";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** A catalogue version never changes once it is loaded, so a process reads each one once. */
const known = new Map<string, Catalogue>();

/** A loaded catalogue version. @throws when it is not there, which the foreign keys rule out */
export async function catalogueOf(tx: PublicTx, id: string): Promise<Catalogue> {
  const cached = known.get(id);
  if (cached) return cached;
  const catalogue = await readCatalogue(tx, id);
  if (!catalogue) throw new Error(`The catalogue version ${id} is not loaded.`);
  known.set(id, catalogue);
  return catalogue;
}

/** The requirements of an engagement's own PCI DSS version and catalogue version, in their natural order. */
export async function listRequirements(
  tx: PublicTx,
  engagement: { readonly catalogueVersion: string; readonly standardVersion: StandardVersion },
): Promise<readonly Requirement[]> {
  const { requirements } = await catalogueOf(tx, engagement.catalogueVersion);
  return requirements.filter(({ version }) => version === engagement.standardVersion);
}

/** Our titles of some requirement numbers of an engagement's version, by number. */
export async function findTitles(
  tx: PublicTx,
  engagement: { readonly catalogueVersion: string; readonly standardVersion: StandardVersion },
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(numbers);
  const requirements = await listRequirements(tx, engagement);
  return new Map(requirements.filter(({ number }) => wanted.has(number)).map(({ number, title }) => [number, title]));
}
