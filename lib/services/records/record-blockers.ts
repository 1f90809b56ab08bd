import { Failure, notFound } from "@/lib/contracts/failure";
import type { Blocker } from "@/lib/contracts/problem";
import { toDay } from "@/lib/data/days";
import type { FrozenRevision } from "@/lib/data/revisions";
import { contentsOf } from "@/lib/data/sections";
import { findWorkbookRow } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import { dayInWords } from "@/lib/domain/format-date";
import { recordBlockers } from "@/lib/domain/records/blockers";
import { APPROVAL_PART } from "@/lib/domain/records/keys";
import { isRecordKind } from "@/lib/domain/records/kinds";
import { reviewDueOf, reviewStanding } from "@/lib/domain/records/review";
import { documentInTheWay } from "@/lib/domain/workflow/documents";
import { barrierOf } from "@/lib/services/records/record-barrier";
import { blockerDto } from "@/lib/services/rigour/require-gate";
import { evidenceFacts, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readSealed } from "@/lib/services/worksheet/seal";

/** What stops the submission of a record right now, in words; nothing for a worksheet, of which the rules are asked. */
export async function recordBlockersOf(tx: ScopedTx, material: WorksheetMaterial): Promise<Blocker[]> {
  const { worksheet, sections, evidence } = material;
  const { kind } = worksheet;
  if (!isRecordKind(kind)) return [];
  const missing = recordBlockers({
    kind,
    sections: contentsOf(sections),
    evidence: evidence.map(evidenceFacts),
    today: toDay(tx.now),
  });
  return [...(await placeBlockers(tx, material)), ...missing.map(blockerDto)];
}

/**
 * Refuses to sign a record that is not the requirement's answer any more, or whose own day of review has gone by: such a
 * signature would want a new look from its first day.
 * @throws Failure blocked, text_damaged
 */
export async function requireSignable(
  tx: ScopedTx,
  material: WorksheetMaterial,
  revision: FrozenRevision,
): Promise<void> {
  const blockers = await placeBlockers(tx, material);
  const due = reviewDueOf(readSealed(revision, material.worksheet).sections);
  if (due !== null && reviewStanding(due, toDay(tx.now)) === "past") {
    const message = `It was to be reviewed by ${dayInWords(due)}, which has passed. Ask for changes, so that it is approved anew with a later day.`;
    blockers.push({ section: APPROVAL_PART, message });
  }
  if (blockers.length > 0) throw new Failure("blocked", "The record cannot be signed as it is.", { blockers });
}

/** What was asked when the record was opened is asked again: roles, the type of the assessment and the choice may have changed. */
async function placeBlockers(tx: ScopedTx, { worksheet }: WorksheetMaterial): Promise<Blocker[]> {
  const { id, kind, dispositionId } = worksheet;
  if (!isRecordKind(kind)) return [];
  const row = await findWorkbookRow(tx, dispositionId);
  if (!row) throw notFound();
  const others = row.documents.filter((one) => one.id !== id);
  const message = documentInTheWay(row.disposition, others) ?? (await barrierOf(tx, kind, row));
  return message ? [{ section: null, message }] : [];
}
