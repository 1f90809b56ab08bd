import type { ValidityDto } from "@/lib/contracts/review";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { validityOf } from "@/lib/services/worksheet/validity";

/** Whether the latest signature of each worksheet still holds, by the worksheet's id; null where nobody signed. */
export type Validities = ReadonlyMap<string, ValidityDto | null>;

/** Judges the signatures of some worksheets of the engagement. */
export async function loadValidities(tx: ScopedTx, worksheetIds: readonly string[]): Promise<Validities> {
  const wanted = new Set(worksheetIds);
  const signed = (await listWorksheets(tx)).filter((one) => wanted.has(one.id) && one.facts.hasSubmittedRevision);
  const materials = await loadMaterial(tx, signed);
  return new Map(materials.map((material) => [material.worksheet.id, validityOf(material, tx)]));
}
