import type { Blocker } from "@/lib/contracts/problem";
import { toDay } from "@/lib/data/days";
import { contentsOf } from "@/lib/data/sections";
import type { ScopedTx } from "@/lib/db/kinds";
import { recordBlockers } from "@/lib/domain/records/blockers";
import { isRecordKind } from "@/lib/domain/records/kinds";
import { blockerDto } from "@/lib/services/rigour/require-gate";
import { evidenceFacts, type WorksheetMaterial } from "@/lib/services/worksheet/material";

/** What stops the submission of a record right now, in words; nothing for a worksheet, of which the rules are asked. */
export function recordBlockersOf(tx: ScopedTx, { worksheet, sections, evidence }: WorksheetMaterial): Blocker[] {
  const { kind } = worksheet;
  if (!isRecordKind(kind)) return [];
  return recordBlockers({
    kind,
    sections: contentsOf(sections),
    evidence: evidence.map(evidenceFacts),
    today: toDay(tx.now),
  }).map(blockerDto);
}
