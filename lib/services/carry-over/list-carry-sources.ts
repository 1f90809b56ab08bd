import type { SignedInContext } from "@/lib/auth/context";
import { type Grant, permissionFor, readListed, readScope } from "@/lib/auth/scope";
import type { CarryPlaceDto, CarrySourceDto } from "@/lib/contracts/carry-over";
import type { Collection } from "@/lib/contracts/paging";
import { ccwOf, listDispositions } from "@/lib/data/dispositions";
import { catalogueOf } from "@/lib/data/requirements";
import { listTransitions, type TransitionRow } from "@/lib/data/transitions";
import { listCcws } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { successorsOf } from "@/lib/domain/catalogue/successors";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { ownPlaces } from "@/lib/services/account/own-engagements";
import { stateFor } from "@/lib/services/worksheet/history-dto";
import { loadMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { shownText } from "@/lib/services/worksheet/shown-content";

/** The engagement that something is to be carried over into. */
interface Here {
  readonly organisationId: string;
  readonly takesAny: boolean;
  readonly catalogue: Catalogue;
  /** The worksheet of each row of its workbook, by number; null where the row has none. */
  readonly rows: ReadonlyMap<string, string | null>;
}

/**
 * The worksheets of 3.2.1 that may go on in an engagement of 4.0.1: those of the same organisation that the person may
 * read, each with the numbers that took the place of its own. An engagement of 3.2.1 has none.
 */
export async function listCarrySources(
  context: SignedInContext,
  engagementId: string,
  number?: string,
): Promise<Collection<CarrySourceDto>> {
  const here = await readScope(
    context,
    "disposition.add",
    { engagementId },
    async (tx): Promise<Here> => ({
      organisationId: tx.engagement.organisationId,
      takesAny: tx.engagement.standardVersion === "4.0.1",
      catalogue: await catalogueOf(tx, tx.engagement.catalogueVersion),
      rows: new Map((await listDispositions(tx)).map((row) => [row.requirementNumber, ccwOf(row)?.id ?? null])),
    }),
  );
  const engagements = here.takesAny
    ? await ownPlaces(context, { standardVersion: "3.2.1", organisationId: here.organisationId })
    : [];
  const items: CarrySourceDto[] = [];
  for (const { id } of engagements) {
    const found = await readListed(context, "disposition.read", { engagementId: id }, (tx, grant) =>
      sourcesIn(tx, grant, here),
    );
    items.push(...(found ?? []));
  }
  const wanted = items.filter(({ places }) => number === undefined || places.some((place) => place.number === number));
  return { total: wanted.length, items: wanted };
}

/** What the grant's owner may carry over of one engagement. */
async function sourcesIn(tx: ScopedTx, grant: Grant, here: Here): Promise<readonly CarrySourceDto[]> {
  const { standardVersion, organisationId } = tx.engagement;
  if (standardVersion !== "3.2.1" || organisationId !== here.organisationId) return [];
  const worksheets = (await listCcws(tx)).filter(({ facts }) => permissionFor(grant, "worksheet.read", facts));
  const moves = await listTransitions(
    tx,
    worksheets.map(({ id }) => id),
  );
  const found: CarrySourceDto[] = [];
  for (const material of await loadMaterial(tx, worksheets)) {
    const view = permissionFor(grant, "worksheet.read", material.worksheet.facts)?.view ?? "signed";
    const source = sourceOf(tx, view, material, moves, here);
    if (source) found.push(source);
  }
  return found;
}

/** A worksheet of which somebody sees something; null for one that shows nothing yet. */
function sourceOf(
  tx: ScopedTx,
  view: View,
  material: WorksheetMaterial,
  moves: readonly TransitionRow[],
  { catalogue, rows }: Here,
): CarrySourceDto | null {
  const { worksheet, header } = material;
  // Its number is all that is told of the text, so that one which cannot be read is listed too.
  const shown = shownText(view, material);
  if (!shown) return null;
  const own = moves.filter(({ worksheetId }) => worksheetId === worksheet.id);
  return {
    worksheetId: worksheet.id,
    engagement: { id: tx.engagement.id, name: tx.engagement.name },
    requirementNumber: worksheet.requirementNumber,
    requirementTitle: header.requirementTitle,
    state: stateFor(view, worksheet.facts.state, own),
    revision: shown.frozen ? shown.revision : null,
    places: successorsOf(catalogue, worksheet.requirementNumber).map(
      (place): CarryPlaceDto => ({
        ...place,
        configurationGap: knowledgeFor(catalogue, "4.0.1", place.number).configurationGap,
        worksheetId: rows.get(place.number) ?? null,
        inWorkbook: rows.has(place.number),
      }),
    ),
  };
}
