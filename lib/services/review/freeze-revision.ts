import { Failure } from "@/lib/contracts/failure";
import { insertRevision } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Transition } from "@/lib/domain/workflow/transitions";
import { blockersNow, contentNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";

/** Refuses a move whose guards ask for complete content. @throws Failure blocked, naming every section in the way */
export function requireComplete(tx: ScopedTx, transition: Transition, material: WorksheetMaterial): void {
  if (!transition.guards.includes("content_complete") && !transition.guards.includes("no_legal_bar")) return;
  const blockers = blockersNow(material, tx.engagement.standardVersion);
  if (blockers.length > 0) throw new Failure("blocked", "The worksheet cannot be submitted yet.", { blockers });
}

/** Freezes what stands now as the revision that is being written. @returns the row's id and the digest */
export async function freezeRevision(
  tx: ScopedTx,
  material: WorksheetMaterial,
): Promise<{ readonly id: string; readonly digest: string }> {
  const { worksheet } = material;
  const { text, digest } = seal(contentNow(material, tx.engagement.catalogueVersion));
  const id = await insertRevision(tx, {
    worksheetId: worksheet.id,
    number: worksheet.revisionNumber,
    content: text,
    digest,
  });
  return { id, digest };
}
