import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope, type Grant } from "@/lib/auth/scope";
import type { DispositionDto, UpdateDispositionInput } from "@/lib/contracts/disposition";
import { Failure, fieldProblem, notFound } from "@/lib/contracts/failure";
import { toDay } from "@/lib/data/days";
import { type DispositionRow, documentsOf, findDisposition, updateDisposition } from "@/lib/data/dispositions";
import { placeOf } from "@/lib/data/engagements";
import { holdWorkbookRows } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import { NAME_ONLY } from "@/lib/domain/access/service-accounts";
import { customizedApproachBarrier, worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { find } from "@/lib/domain/catalogue/tree";
import { checkDisposition } from "@/lib/domain/workflow/disposition-rules";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import { dispositionDtos } from "@/lib/services/disposition/workbook-rows";
import { loadScope, type ScopeState } from "@/lib/services/scope/scope-facts";

/**
 * Changes a row of the workbook: what the entity does about a requirement, with the details that the choice needs,
 * owner and due date. @throws Failure invalid naming the missing detail, blocked, stale with the stored row
 */
export function decideDisposition(
  context: ServiceContext,
  dispositionId: string,
  input: UpdateDispositionInput,
): Promise<DispositionDto> {
  return changeScope(context, "disposition.decide", { dispositionId }, "none", async (tx, grant) => {
    const scope = await loadScope(tx);
    // A document that somebody opens or takes up again in the same moment is seen, or waits for this choice.
    await holdWorkbookRows(tx, [dispositionId]);
    const before = await findDisposition(tx, dispositionId);
    if (!before) throw notFound();
    await judgeDecision(tx, grant, scope, before, input);
    if (!(await storeDecision(context, tx, before, input))) {
      const current = await reread(tx, grant, scope, dispositionId);
      throw new Failure("stale", "Somebody else changed this row meanwhile.", { current });
    }
    return reread(tx, grant, scope, dispositionId);
  });
}

/**
 * Whether a row may be changed so: who owns it, and what the choice needs. What was read before it changed is not judged.
 * @throws Failure forbidden, invalid naming the field, blocked
 */
export async function judgeDecision(
  tx: ScopedTx,
  grant: Grant,
  scope: ScopeState,
  before: DispositionRow,
  input: UpdateDispositionInput,
): Promise<void> {
  await checkOwner(tx, grant, before, input);
  if (before.version === input.version) checkChoice(tx, scope, before, input);
}

/** Stores a change that was judged, with its event. @returns whether the row was still what it was when it was read */
export async function storeDecision(
  context: ServiceContext,
  tx: ScopedTx,
  before: DispositionRow,
  input: UpdateDispositionInput,
): Promise<boolean> {
  if (before.version !== input.version || !(await updateDisposition(tx, before.id, input))) return false;
  const { version, ...changed } = input;
  recordInEngagement(context, tx, {
    action: "disposition.decided",
    detail: {
      requirementNumber: before.requirementNumber,
      version: version + 1,
      ...changed,
      before: formerOf(before, changed),
    },
    changes: [{ table: "disposition", id: before.id }],
  });
  return true;
}

/** What stands in the row for each field that was sent. */
export function formerOf(row: DispositionRow, changed: Omit<UpdateDispositionInput, "version">) {
  const { disposition, note, fixOwner, evidenceTitle, evidenceUrl, ownerId } = row;
  const days = { fixDueOn: toDay(row.fixDueOn), dueOn: toDay(row.dueOn) };
  const former = { disposition, note, fixOwner, evidenceTitle, evidenceUrl, ownerId, ...days };
  return Object.fromEntries(Object.entries(former).filter(([field]) => field in changed));
}

/** A contributor decides on rows of their own, and does not hand them on. */
async function checkOwner(
  tx: ScopedTx,
  grant: Grant,
  before: DispositionRow,
  input: UpdateDispositionInput,
): Promise<void> {
  if (input.ownerId === undefined || input.ownerId === before.ownerId) return;
  if (grant.permission.as !== "lead") throw new Failure("forbidden", "Owners are named by the engagement's lead.");
  await requireEntityPerson(tx, input.ownerId);
}

/** An owner is somebody of the entity who acts here. @throws Failure invalid */
export async function requireEntityPerson(tx: ScopedTx, ownerId: string | null): Promise<void> {
  if (ownerId === null) return;
  const place = await placeOf(tx, ownerId);
  if (place?.organisationId !== tx.engagement.organisationId) {
    throw fieldProblem("ownerId", "Choose somebody of the entity.");
  }
  if (place.nameOnly) throw fieldProblem("ownerId", NAME_ONLY);
}

function checkChoice(tx: ScopedTx, scope: ScopeState, before: DispositionRow, input: UpdateDispositionInput): void {
  const { standardVersion, assessmentType } = tx.engagement;
  const number = before.requirementNumber;
  const next = input.disposition ?? (before.disposition as Disposition);
  const requirement = find(scope.own, number);
  const barrier =
    next === "customized_approach" && requirement && customizedApproachBarrier(requirement, assessmentType);
  if (barrier) throw fieldProblem("disposition", barrier);
  const details = {
    note: input.note ?? before.note,
    fixOwner: input.fixOwner ?? before.fixOwner,
    fixDueOn: input.fixDueOn === undefined ? toDay(before.fixDueOn) : input.fixDueOn,
  };
  const verdict = checkDisposition(next, details, {
    standardVersion,
    assessmentType,
    eligibility: worksheetTarget(scope.own, number).kind,
    current: before.disposition as Disposition,
    documents: documentsOf(before),
  });
  if (verdict.ok) return;
  const { code, field, message } = verdict.error;
  if (code === "detail_missing" || code === "customized_only_in_roc")
    throw fieldProblem(field ?? "disposition", message);
  throw new Failure("blocked", message, { blockers: [{ section: null, message }] });
}

async function reread(tx: ScopedTx, grant: Grant, scope: ScopeState, id: string): Promise<DispositionDto> {
  const row = await findDisposition(tx, id);
  const [dto] = row ? await dispositionDtos(tx, grant, scope, [row]) : [];
  if (!dto) throw notFound();
  return dto;
}
