import type { DispositionDto } from "@/lib/contracts/disposition";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";

/** Rows of two sources, each id once: the higher version wins, the loaded one when equal. In the requirements' order. */
export function newest(loaded: readonly DispositionDto[], saved: readonly DispositionDto[]): DispositionDto[] {
  const byId = new Map(loaded.map((row) => [row.id, row]));
  for (const row of saved) {
    const known = byId.get(row.id);
    if (!known || row.version > known.version) byId.set(row.id, row);
  }
  return [...byId.values()].sort((a, b) => compareNumbers(a.requirementNumber, b.requirementNumber));
}
