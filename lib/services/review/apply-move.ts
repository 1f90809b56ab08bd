import type { Grant } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import { markReviewed } from "@/lib/data/revisions";
import { insertTransition } from "@/lib/data/transitions";
import { chooseDisposition, holdWorkbookRow } from "@/lib/data/workbook-rows";
import { storeMove } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { reopeningBarrier } from "@/lib/domain/records/opening";
import { customizedStop } from "@/lib/domain/rigour/gate";
import { DISPOSITION_OF, documentInTheWay } from "@/lib/domain/workflow/documents";
import { revisionAfterMove } from "@/lib/domain/workflow/editing";
import type { WorksheetMove } from "@/lib/domain/workflow/states";
import { planMove, type Transition } from "@/lib/domain/workflow/transitions";
import { requireCriteriaMet } from "@/lib/services/criteria/decided-criteria";
import { recordBarrier } from "@/lib/services/records/record-barrier";
import { dropIdleReasons, freezeRevision, requireComplete } from "@/lib/services/review/freeze-revision";
import { type Assessment, assess } from "@/lib/services/rigour/assess";
import { frozenNow, isCcw, requireMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";

/** A move that the transition table allows from where the worksheet stands, with what it is made on. */
export interface PlannedMove {
  readonly transition: Transition;
  readonly material: WorksheetMaterial;
  /** What the rules said; null where the move does not ask them. */
  readonly assessment: Assessment | null;
  readonly reason: string;
}

/** A move that was stored. */
export interface AppliedMove {
  readonly changes: readonly ChangedRow[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The moves by which the decider shows that a revision was looked at. */
const REVIEWING: readonly WorksheetMove[] = ["request_changes", "sign", "refuse"];

/**
 * Finds the row of the transition table for a move and judges what it asks for beside the role.
 * @throws Failure wrong_state, invalid for a missing reason, blocked
 */
export async function prepareMove(
  tx: ScopedTx,
  worksheetId: string,
  move: WorksheetMove,
  reason: string,
): Promise<PlannedMove> {
  const material = await requireMaterial(tx, worksheetId);
  const { state } = material.worksheet.facts;
  const plan = planMove({ state, move, internalReview: tx.engagement.internalReview });
  if (!plan.ok) throw new Failure(plan.error.code, plan.error.message);
  if (plan.value.needsReason && reason.trim() === "") {
    const message = "Give the reason, so that the others know what to do.";
    throw new Failure("invalid", message, { errors: [{ path: "reason", message }] });
  }
  if (state === "withdrawn" && move === "reopen") await requireReopenable(tx, material);
  const assessment = await requireComplete(tx, plan.value, material);
  const asksCriteria = isCcw(material) && plan.value.guards.includes("criteria_met");
  const revision = asksCriteria ? frozenNow(material) : null;
  if (revision) await requireCriteriaMet(tx, material, revision);
  return { transition: plan.value, material, assessment, reason };
}

/**
 * Reopening makes the document the answer again, which another answer of its own is not to lose by the way. The row is
 * held until the commit, so that nobody gives that answer between looking and writing.
 */
async function requireReopenable(tx: ScopedTx, { worksheet }: WorksheetMaterial): Promise<void> {
  const row = await holdWorkbookRow(tx, worksheet.dispositionId);
  if (!row) throw notFound();
  const { assessmentType } = tx.engagement;
  const customizedApproach = row.disposition === "customized_approach";
  const { requirementNumber } = worksheet;
  const stop =
    worksheet.kind === "ccw" ? customizedStop({ requirementNumber, customizedApproach, assessmentType }) : null;
  const answer = DISPOSITION_OF[worksheet.kind] ?? row.disposition;
  const others = row.documents.filter(({ id }) => id !== worksheet.id);
  const message =
    stop?.message ??
    documentInTheWay(answer, others) ??
    reopeningBarrier(worksheet.kind, row.disposition) ??
    (await recordBarrier(tx, worksheet, row));
  if (!message) return;
  throw new Failure("blocked", message, { blockers: [{ section: null, message, ...(stop && { rule: stop.rule }) }] });
}

/** Stores a prepared move: the revision if it freezes one, the new state, and the line of history. */
export async function applyMove(tx: ScopedTx, grant: Grant, planned: PlannedMove): Promise<AppliedMove> {
  const { transition, assessment, reason } = planned;
  const submits = transition.move === "submit" && assessment !== null;
  const material = submits ? await dropIdleReasons(tx, planned.material, assessment) : planned.material;
  const { worksheet } = material;
  const frozen = transition.freezes
    ? await freezeRevision(tx, material, assessment ?? (isCcw(material) ? await assess(tx, material) : null))
    : null;
  const changes: ChangedRow[] = frozen ? [{ table: "revision", id: frozen.id }] : [];
  const { latest } = material;
  if (latest && REVIEWING.includes(transition.move) && grant.permission.as !== "internal_reviewer") {
    if (await markReviewed(tx, latest.id)) changes.push({ table: "revision", id: latest.id });
  }
  const revision = worksheet.revisionNumber;
  const isFrozen = frozen !== null || frozenNow(material) !== null;
  await storeMove(tx, worksheet.id, {
    state: transition.to,
    revisionNumber: revisionAfterMove(revision, isFrozen, transition.to),
  });
  const answer = DISPOSITION_OF[worksheet.kind];
  if (worksheet.facts.state === "withdrawn" && answer) {
    // The row may have got another answer meanwhile; a document that is taken up again is the answer once more.
    await chooseDisposition(tx, [worksheet.dispositionId], answer);
    changes.push({ table: "disposition", id: worksheet.dispositionId });
  }
  const { move, to } = transition;
  const made = { move, from: worksheet.facts.state, to, revision, reason };
  const id = await insertTransition(tx, worksheet.id, made);
  changes.push({ table: "worksheet", id: worksheet.id }, { table: "worksheet_transition", id });
  return { changes, detail: { ...made, ...(frozen ? { digest: frozen.digest } : {}) } };
}
