import { Failure } from "@/lib/contracts/failure";
import { insertRevision } from "@/lib/data/revisions";
import { storeWarningReasons } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { standingReasons, wantingReason } from "@/lib/domain/rigour/reasons";
import { recordOutcomes } from "@/lib/domain/rigour/report";
import type { Transition } from "@/lib/domain/workflow/transitions";
import { recordBlockersOf } from "@/lib/services/records/record-blockers";
import { type Assessment, assess, blockersOf } from "@/lib/services/rigour/assess";
import { contentNow, isCcw, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";

/**
 * Refuses a move whose guards ask for complete content. @returns what the rules said; null where the move asks for nothing, and for a record
 * @throws Failure blocked, naming every section in the way
 */
export async function requireComplete(
  tx: ScopedTx,
  transition: Transition,
  material: WorksheetMaterial,
): Promise<Assessment | null> {
  if (!transition.guards.includes("content_complete") && !transition.guards.includes("no_legal_bar")) return null;
  // Whoever approves counts among those who are to be different people, and the revision freezes what the rules say of it.
  const approves = transition.move === "approve_internally";
  const known = approves ? { approver: tx.actor.userId } : {};
  const assessment = isCcw(material) ? await assess(tx, material, known) : null;
  const blockers = isCcw(material) && assessment ? blockersOf(material, assessment) : recordBlockersOf(tx, material);
  if (blockers.length > 0)
    throw new Failure(
      "blocked",
      isCcw(material) ? "The worksheet cannot be submitted yet." : "The record cannot be submitted yet.",
      { blockers },
    );
  return assessment;
}

/**
 * Drops the reasons whose warnings are gone, as a worksheet is submitted. From then on it stands as it is: whoever approves
 * it approves what is frozen, to the letter, even if a warning passes with the day in between.
 * @returns the material as it stands then
 */
export async function dropIdleReasons(
  tx: ScopedTx,
  material: WorksheetMaterial,
  { outcomes, reasons }: Assessment,
): Promise<WorksheetMaterial> {
  const { worksheet } = material;
  const warningReasons = standingReasons(wantingReason(outcomes), reasons);
  if (warningReasons.length === reasons.length) return material;
  await storeWarningReasons(tx, worksheet.id, warningReasons);
  return { ...material, worksheet: { ...worksheet, warningReasons } };
}

/**
 * Freezes what stands now as the revision that is being written, and beside it what came of the rules: nothing, for a
 * record, which they are not asked about.
 * @returns the row's id and the digest
 */
export async function freezeRevision(
  tx: ScopedTx,
  material: WorksheetMaterial,
  assessment: Pick<Assessment, "outcomes"> | null,
): Promise<{ readonly id: string; readonly digest: string }> {
  const { worksheet } = material;
  const { text, digest } = seal(contentNow(material, tx.engagement.catalogueVersion));
  const id = await insertRevision(tx, {
    worksheetId: worksheet.id,
    number: worksheet.revisionNumber,
    content: text,
    digest,
    rules: recordOutcomes(assessment?.outcomes ?? []),
  });
  return { id, digest };
}
