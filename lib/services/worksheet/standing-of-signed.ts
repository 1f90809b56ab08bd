import type { SignedDocument } from "@/lib/data/workbook-figures";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ValidityStatus } from "@/lib/domain/sign-off/validity";
import { Recent } from "@/lib/services/recent";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { validityOf } from "@/lib/services/worksheet/validity";

/** As many documents as the lists of all people come to; each takes some hundred bytes. */
const MOST = 20_000;

/** How signatures stood, by the document, the mark of all that this was derived from, and the day. */
const known = new Recent<ValidityStatus | null>(MOST);

function keyOf({ worksheetId, mark }: SignedDocument, day: string): string {
  return `${worksheetId} ${mark} ${day}`;
}

/**
 * How the signature of a document stands, as it was derived before; undefined when it was not. Nothing is stored: by the
 * mark, which is over what the database holds now, nothing differs from what it was derived from.
 */
export function knownStanding(document: SignedDocument, day: string): ValidityStatus | null | undefined {
  return known.get(keyOf(document, day));
}

/** Derives how the signatures of some documents of the engagement stand, and keeps it for the next time. */
export async function deriveStandings(
  tx: ScopedTx,
  documents: readonly SignedDocument[],
  day: string,
): Promise<ReadonlyMap<SignedDocument, ValidityStatus | null>> {
  const worksheets = await listWorksheets(
    tx,
    documents.map(({ worksheetId }) => worksheetId),
  );
  const statuses = new Map(
    (await loadMaterial(tx, worksheets)).map((material) => [
      material.worksheet.id,
      validityOf(material, tx)?.status ?? null,
    ]),
  );
  const derived = new Map(documents.map((document) => [document, statuses.get(document.worksheetId) ?? null]));
  for (const [document, status] of derived) known.set(keyOf(document, day), status);
  return derived;
}
