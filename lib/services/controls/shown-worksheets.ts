import { type Grant, permissionFor } from "@/lib/auth/scope";
import { listTransitions } from "@/lib/data/transitions";
import { listCcws } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { CcwRevision, RevisionContent } from "@/lib/domain/worksheet/model";
import { stateFor } from "@/lib/services/worksheet/history-dto";
import { type CcwMaterial, contentNow, frozenNow, isCcw, loadMaterial } from "@/lib/services/worksheet/material";
import { unlessDamaged } from "@/lib/services/worksheet/seal";
import { openRevisions, seesDraft, shownContent, shownText } from "@/lib/services/worksheet/shown-content";

/** A worksheet with the newest content that somebody gets to see. */
export interface ShownWorksheet {
  readonly material: CcwMaterial;
  readonly view: View;
  readonly state: WorksheetState;
  readonly content: CcwRevision;
  /** Since when its definition says what it says. */
  readonly asOf: Date;
}

/**
 * The engagement's compensating controls worksheets that the grant's owner may read, with what each says: the draft, or the newest revision that
 * is open to them. However many there are, it takes the same number of queries, but for revisions that are not the newest.
 */
export async function shownWorksheets(tx: ScopedTx, grant: Grant): Promise<ShownWorksheet[]> {
  const views = new Map<string, View>();
  const worksheets = (await listCcws(tx)).filter((one) => {
    const permission = permissionFor(grant, "worksheet.read", one.facts);
    if (permission) views.set(one.id, permission.view);
    return permission !== null;
  });
  const materials = await loadMaterial(tx, worksheets);
  const moves = await listTransitions(
    tx,
    worksheets.map(({ id }) => id),
  );
  const shown: ShownWorksheet[] = [];
  for (const material of materials.filter(isCcw)) {
    const { worksheet } = material;
    const view = views.get(worksheet.id) ?? "signed";
    const content = await contentFor(tx, view, material);
    if (!content || content.kind !== undefined) continue;
    const own = moves.filter(({ worksheetId }) => worksheetId === worksheet.id);
    const frozen = view === "all" ? frozenNow(material) : openRevisions(view, material).at(-1);
    shown.push({
      material,
      view,
      state: stateFor(view, worksheet.facts.state, own),
      content,
      asOf: frozen?.submittedAt ?? material.sections.definition.updatedAt,
    });
  }
  return shown;
}

/**
 * What a worksheet says. Where the frozen text was changed, its page says so and shows the rows, which this goes by too; it
 * is left out for those who do not see them.
 */
async function contentFor(tx: ScopedTx, view: View, material: CcwMaterial): Promise<RevisionContent | null> {
  const shown = await unlessDamaged(shownContent(tx, view, material));
  if (shown) return shown.content;
  const isDamaged = shownText(view, material) !== null;
  return isDamaged && seesDraft(view, material) ? contentNow(material, tx.engagement.catalogueVersion) : null;
}
