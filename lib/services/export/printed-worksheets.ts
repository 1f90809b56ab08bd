import { type Grant, permissionFor } from "@/lib/auth/scope";
import type { WorksheetTarget } from "@/lib/data/facts";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Printed } from "@/lib/services/export/worksheet-model";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { shownContent } from "@/lib/services/worksheet/shown-content";

/** How many worksheets are loaded at once where few are kept. */
const BATCH = 50;

/** The worksheets that the person may see at all, each with the text that the person may see. */
export async function readPrinted(tx: ScopedTx, grant: Grant): Promise<Printed[]> {
  return loadPrinted(tx, grant, await listPrinted(tx));
}

/**
 * As {@link readPrinted}, a few at a time and in the same order: for what keeps little of each, since an engagement may
 * have hundreds. @param isWanted which of them are loaded at all
 */
export async function* printedInBatches(
  tx: ScopedTx,
  grant: Grant,
  isWanted: (worksheet: WorksheetTarget) => boolean,
  size = BATCH,
): AsyncGenerator<Printed[]> {
  const worksheets = (await listPrinted(tx)).filter(isWanted);
  for (let at = 0; at < worksheets.length; at += size) {
    yield await loadPrinted(tx, grant, worksheets.slice(at, at + size));
  }
}

/** The worksheets that are printed for those who see them: records stand behind the others. */
export async function listPrinted(tx: ScopedTx): Promise<WorksheetTarget[]> {
  const all = (await listWorksheets(tx)).filter((one) => one.facts.state !== "withdrawn");
  // Records have a chapter of their own, behind the worksheets.
  return [...all.filter(({ kind }) => kind === "ccw"), ...all.filter(({ kind }) => kind !== "ccw")];
}

async function loadPrinted(tx: ScopedTx, grant: Grant, worksheets: readonly WorksheetTarget[]): Promise<Printed[]> {
  const printed: Printed[] = [];
  for (const material of await loadMaterial(tx, worksheets)) {
    const permission = permissionFor(grant, "worksheet.export", material.worksheet.facts);
    const shown = permission && (await shownContent(tx, permission.view, material));
    if (permission && shown) printed.push({ material, shown, view: permission.view });
  }
  return printed;
}
