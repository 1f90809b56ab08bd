import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { changeScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { MoveInput } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { ScopedTx } from "@/lib/db/kinds";
import { actionOfMove } from "@/lib/domain/access/actions";
import type { AuditAction } from "@/lib/domain/audit/event-types";
import type { PLAIN_MOVES } from "@/lib/domain/workflow/plain-moves";
import { requireNoGap } from "@/lib/services/gap/gap-state";
import { applyMove, prepareMove } from "@/lib/services/review/apply-move";
import { coverStatement } from "@/lib/services/review/cover-statement";
import { makeStatement } from "@/lib/services/review/make-statement";
import { contentNow, frozenNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** What each move is called in the trail. */
const EVENTS: Readonly<Record<(typeof PLAIN_MOVES)[number], AuditAction>> = {
  submit: "worksheet.submitted",
  approve_internally: "worksheet.approved_internally",
  send_back: "worksheet.sent_back",
  request_changes: "worksheet.changes_requested",
  withdraw: "worksheet.withdrawn",
  reopen: "worksheet.reopened",
};

/**
 * Moves a worksheet through its states; submitting to the decider freezes a revision. Reopening what was decided on is a
 * statement besides, which the system signs alone here.
 * @throws Failure wrong_state, invalid for a missing reason, blocked with what is missing, digest_differs, step_up_required
 */
export async function makeMove(context: ServiceContext, worksheetId: string, input: MoveInput): Promise<WorksheetDto> {
  const { move, reason, digest } = input;
  if (move === "reopen") await requireNoGap(context);
  let logId: string | null = null;
  const moved = await changeScope(context, actionOfMove(move), { worksheetId }, "update", async (tx, grant) => {
    const planned = await prepareMove(tx, worksheetId, move, reason);
    if (digest !== undefined) requireStanding(tx, planned.material, digest);
    const decided = move === "reopen" && planned.material.worksheet.facts.state !== "withdrawn";
    const revision = decided ? frozenNow(planned.material) : null;
    if (revision) {
      await makeStatement(context, tx, grant, planned, revision, { kind: "reopen", reason });
      logId = organisationLog(tx.engagement.organisationId);
      return describeWorksheet(tx, grant, worksheetId);
    }
    const { changes, detail } = await applyMove(tx, grant, planned);
    recordWorksheetEvent(context, tx, { action: EVENTS[move], worksheetId, detail, changes });
    return describeWorksheet(tx, grant, worksheetId);
  });
  if (logId !== null) await coverStatement(context, logId);
  return moved;
}

/** The text that the move is about has to be the one that stands: the frozen revision, or else the draft. */
function requireStanding(tx: ScopedTx, material: WorksheetMaterial, digest: string): void {
  const standing = frozenNow(material)?.digest ?? seal(contentNow(material, tx.engagement.catalogueVersion)).digest;
  if (digest === standing) return;
  throw new Failure("digest_differs", "The worksheet is not the one that you read. Read it again first.", {
    current: { digest: standing, revision: material.worksheet.revisionNumber },
  });
}
