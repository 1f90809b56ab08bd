import type { ServiceContext } from "@/lib/auth/context";
import { readPublic } from "@/lib/auth/open";
import type { CatalogueList } from "@/lib/contracts/catalogue";
import { Failure } from "@/lib/contracts/failure";
import { currentVersionId } from "@/lib/data/health";
import { catalogueOf } from "@/lib/data/requirements";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";

/** The newest loaded catalogue. @throws Failure unavailable while none is loaded */
export async function currentCatalogue(context: ServiceContext): Promise<Catalogue> {
  return readPublic(context, async (tx) => {
    const id = await currentVersionId(tx);
    if (id === null) throw new Failure("unavailable", "The catalogue is not loaded yet.", { retryAfter: 5 });
    return catalogueOf(tx, id);
  });
}

/** Items as a list of the catalogue they come from. */
export function listOf<T>(catalogue: Catalogue, items: readonly T[]): CatalogueList<T> {
  const { id, asOf } = catalogue.manifest;
  return { catalogueVersion: id, asOf, total: items.length, items };
}
