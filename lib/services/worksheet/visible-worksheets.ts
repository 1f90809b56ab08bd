import { type Grant, permissionFor } from "@/lib/auth/scope";
import type { WorksheetListItemDto } from "@/lib/contracts/worksheet";
import { partsIn } from "@/lib/data/sections";
import { countOpenThreads } from "@/lib/data/threads";
import { listTransitions, type TransitionRow } from "@/lib/data/transitions";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { hasText } from "@/lib/domain/worksheet/sections";
import { isSeenOutside, stateFor } from "@/lib/services/worksheet/history-dto";
import { loadMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { validityOf } from "@/lib/services/worksheet/validity";

/** The engagement's worksheets that the grant's owner may read at all, as lists show them. */
export async function visibleWorksheets(tx: ScopedTx, grant: Grant): Promise<WorksheetListItemDto[]> {
  const views = new Map<string, View>();
  const worksheets = (await listWorksheets(tx)).filter((one) => {
    const permission = permissionFor(grant, "worksheet.read", one.facts);
    if (permission) views.set(one.id, permission.view);
    return permission !== null;
  });
  const ids = worksheets.map((one) => one.id);
  const materials = await loadMaterial(tx, worksheets);
  const openThreads = await countOpenThreads(tx, ids);
  const transitions = await listTransitions(tx, ids);
  return materials.map((material) => {
    const { worksheet, header } = material;
    const view = views.get(worksheet.id) ?? "signed";
    const moves = transitions.filter((row) => row.worksheetId === worksheet.id);
    return {
      id: worksheet.id,
      kind: worksheet.kind,
      requirementNumber: worksheet.requirementNumber,
      requirementTitle: header.requirementTitle,
      state: stateFor(view, worksheet.facts.state, moves),
      revision: worksheet.revisionNumber,
      openThreads: view === "signed" ? 0 : (openThreads.get(worksheet.id) ?? 0),
      validity: validityOf(material, tx),
      updatedAt: lastChange(view, material, moves).toISOString(),
    };
  });
}

/** The instant of the last thing that shows: a move, and for those who see the draft the writing of it. */
function lastChange(view: View, material: WorksheetMaterial, moves: readonly TransitionRow[]): Date {
  const writing = [
    ...partsIn(material.sections)
      .filter(({ key }) => hasText(key))
      .map(({ updatedAt }) => updatedAt),
    ...material.evidence.map((one) => one.addedAt),
  ];
  const times =
    view === "all" ? [...writing, ...moves.map(({ at }) => at)] : moves.filter(isSeenOutside).map(({ at }) => at);
  return new Date(Math.max(...times.map((time) => time.getTime())));
}
