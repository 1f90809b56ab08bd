import { Failure } from "@/lib/contracts/failure";
import { insertRevision } from "@/lib/data/revisions";
import { storeWarningReasons } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { standingReasons } from "@/lib/domain/rigour/reasons";
import { recordOutcomes } from "@/lib/domain/rigour/report";
import type { Transition } from "@/lib/domain/workflow/transitions";
import { assess, blockersOf } from "@/lib/services/rigour/assess";
import { contentNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";

/** Refuses a move whose guards ask for complete content. @throws Failure blocked, naming every section in the way */
export async function requireComplete(
  tx: ScopedTx,
  transition: Transition,
  material: WorksheetMaterial,
): Promise<void> {
  if (!transition.guards.includes("content_complete") && !transition.guards.includes("no_legal_bar")) return;
  const blockers = blockersOf(material, await assess(tx, material));
  if (blockers.length > 0) throw new Failure("blocked", "The worksheet cannot be submitted yet.", { blockers });
}

/**
 * Freezes what stands now as the revision that is being written, less the reasons whose warnings are gone.
 * @returns the row's id and the digest
 */
export async function freezeRevision(
  tx: ScopedTx,
  material: WorksheetMaterial,
): Promise<{ readonly id: string; readonly digest: string }> {
  const { worksheet } = material;
  const { outcomes, reasons } = await assess(tx, material);
  const warningReasons = standingReasons(findingsIn(outcomes, "warning"), reasons);
  if (warningReasons.length < reasons.length) await storeWarningReasons(tx, worksheet.id, warningReasons);
  const standing = { ...material, worksheet: { ...worksheet, warningReasons } };
  const { text, digest } = seal(contentNow(standing, tx.engagement.catalogueVersion));
  const id = await insertRevision(tx, {
    worksheetId: worksheet.id,
    number: worksheet.revisionNumber,
    content: text,
    digest,
    rules: recordOutcomes(outcomes),
  });
  return { id, digest };
}
