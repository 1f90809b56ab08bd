import type { SignedInContext } from "@/lib/auth/context";
import { permissionFor, readListed, readScope } from "@/lib/auth/scope";
import type { CarryPlaceDto, CarrySourceDto } from "@/lib/contracts/carry-over";
import type { Collection } from "@/lib/contracts/paging";
import { listDispositions } from "@/lib/data/dispositions";
import { catalogueOf } from "@/lib/data/requirements";
import { listTransitions } from "@/lib/data/transitions";
import { listWorksheets } from "@/lib/data/worksheets";
import { successorsOf } from "@/lib/domain/catalogue/successors";
import { readMe } from "@/lib/services/account/read-me";
import { stateFor } from "@/lib/services/worksheet/history-dto";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { shownContent } from "@/lib/services/worksheet/shown-content";

/**
 * The worksheets of 3.2.1 that may go on in an engagement of 4.0.1: those of the same organisation that the person may
 * read, each with the numbers that took the place of its own. An engagement of 3.2.1 has none.
 */
export async function listCarrySources(
  context: SignedInContext,
  engagementId: string,
  number?: string,
): Promise<Collection<CarrySourceDto>> {
  const here = await readScope(context, "disposition.add", { engagementId }, async (tx) => ({
    organisationId: tx.engagement.organisationId,
    takesAny: tx.engagement.standardVersion === "4.0.1",
    catalogue: await catalogueOf(tx, tx.engagement.catalogueVersion),
    rows: new Map((await listDispositions(tx)).map((row) => [row.requirementNumber, row.worksheet?.id ?? null])),
  }));
  const { engagements } = here.takesAny ? await readMe(context) : { engagements: [] };
  const items: CarrySourceDto[] = [];
  for (const { id } of engagements) {
    const found = await readListed(context, "disposition.read", { engagementId: id }, async (tx, grant) => {
      const { standardVersion, organisationId, name } = tx.engagement;
      if (standardVersion !== "3.2.1" || organisationId !== here.organisationId) return [];
      const worksheets = (await listWorksheets(tx)).filter(({ facts }) =>
        permissionFor(grant, "worksheet.read", facts),
      );
      const moves = await listTransitions(
        tx,
        worksheets.map((one) => one.id),
      );
      const found: CarrySourceDto[] = [];
      for (const material of await loadMaterial(tx, worksheets)) {
        const { worksheet, header } = material;
        const view = permissionFor(grant, "worksheet.read", worksheet.facts)?.view ?? "signed";
        const shown = await shownContent(tx, view, material);
        if (!shown) continue;
        const own = moves.filter(({ worksheetId }) => worksheetId === worksheet.id);
        found.push({
          worksheetId: worksheet.id,
          engagement: { id, name },
          requirementNumber: worksheet.requirementNumber,
          requirementTitle: header.requirementTitle,
          state: stateFor(view, worksheet.facts.state, own),
          revision: shown.frozen ? shown.content.revision : null,
          places: successorsOf(here.catalogue, worksheet.requirementNumber).map(
            (place): CarryPlaceDto => ({
              ...place,
              worksheetId: here.rows.get(place.number) ?? null,
              inWorkbook: here.rows.has(place.number),
            }),
          ),
        });
      }
      return found;
    });
    items.push(...(found ?? []));
  }
  const wanted = items.filter(({ places }) => number === undefined || places.some((place) => place.number === number));
  return { total: wanted.length, items: wanted };
}
