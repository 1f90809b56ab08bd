import type { ValidityDto } from "@/lib/contracts/review";
import type { ScopedTx } from "@/lib/db/kinds";
import type { WorksheetMaterial } from "@/lib/services/worksheet/material";

export function validityOf(_material: WorksheetMaterial, _tx: ScopedTx): ValidityDto | null {
  return null;
}
