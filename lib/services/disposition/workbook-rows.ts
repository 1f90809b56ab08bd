import { couldDo, type Grant, permissionFor } from "@/lib/auth/scope";
import type { DispositionDto, TriggerDto, WorksheetRefDto } from "@/lib/contracts/disposition";
import type { ProgressDto } from "@/lib/contracts/engagement";
import { toDay } from "@/lib/data/days";
import { ccwOf, type DispositionRow, documentsOf, listDispositions } from "@/lib/data/dispositions";
import { membersWithRole } from "@/lib/data/engagements";
import { namesOf, personRef } from "@/lib/data/people";
import { listTransitions, type TransitionRow } from "@/lib/data/transitions";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { find } from "@/lib/domain/catalogue/tree";
import { counts } from "@/lib/domain/keys/scope-result";
import type { WorkbookRequirement } from "@/lib/domain/keys/workbook";
import { RECORD_KINDS, type RecordKind } from "@/lib/domain/records/kinds";
import { openingBarrier } from "@/lib/domain/records/opening";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import { kindOf } from "@/lib/domain/workflow/documents";
import { rowState } from "@/lib/domain/workflow/row-state";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import { loadScope, type ScopeState } from "@/lib/services/scope/scope-facts";
import { stateFor } from "@/lib/services/worksheet/history-dto";
import { loadValidities, type Validities } from "@/lib/services/worksheet/validities";

/**
 * The rows of the workbook. A row that the scope brought, that no reading triggers any more and that nobody has
 * touched is left out; it comes back with its trigger.
 */
export async function readRows(tx: ScopedTx, grant: Grant): Promise<DispositionDto[]> {
  const scope = await loadScope(tx);
  const rows = (await listDispositions(tx)).filter(
    (row) =>
      row.source === "added" || row.version > 1 || row.worksheets.length > 0 || triggerOf(scope, row.requirementNumber),
  );
  return dispositionDtos(tx, grant, scope, rows);
}

/** Rows as the signed-in person sees them. */
export async function dispositionDtos(
  tx: ScopedTx,
  grant: Grant,
  scope: ScopeState,
  rows: readonly DispositionRow[],
): Promise<DispositionDto[]> {
  const names = await namesOf(
    tx,
    rows.map((row) => row.ownerId),
  );
  const documents = await loadBeside(tx, grant, rows);
  const hasIsa = (await membersWithRole(tx, "isa")).length > 0;
  return rows.map((row) => {
    const disposition = row.disposition as Disposition;
    const wanted = kindOf(disposition);
    const document = row.worksheets.find(({ kind }) => kind === wanted);
    const { settled, turn } = rowState(disposition, (document?.state as WorksheetState | undefined) ?? null);
    const ccw = ccwOf(row);
    const target = worksheetTarget(scope.own, row.requirementNumber);
    return {
      id: row.id,
      engagementId: row.engagementId,
      standardVersion: tx.engagement.standardVersion,
      requirementNumber: row.requirementNumber,
      requirementTitle: find(scope.own, row.requirementNumber)?.title ?? row.requirementNumber,
      source: row.source === "scope" ? "scope" : "added",
      trigger: triggerOf(scope, row.requirementNumber),
      disposition,
      note: row.note,
      fixOwner: row.fixOwner,
      fixDueOn: toDay(row.fixDueOn),
      evidenceTitle: row.evidenceTitle,
      evidenceUrl: row.evidenceUrl,
      owner: row.ownerId === null ? null : personRef(names, row.ownerId),
      dueOn: toDay(row.dueOn),
      version: row.version,
      worksheet: ccw && documentRef(ccw, documents),
      records: RECORD_KINDS.flatMap((kind) =>
        row.worksheets.filter((one) => one.kind === kind).map((one) => ({ kind, ...documentRef(one, documents) })),
      ),
      mayOpen: couldDo(grant, "record.open", { ownerId: row.ownerId }) ? openable(tx, scope, row, hasIsa) : [],
      settled,
      turn,
      mayDecide: couldDo(grant, "disposition.decide", { ownerId: row.ownerId }),
      warning: target.kind === "ok" ? (target.warning?.text ?? null) : null,
    };
  });
}

/** What stands beside the rows' documents, and how much of them the grant's owner sees. */
interface Beside {
  readonly view: View;
  readonly validities: Validities;
  readonly transitions: readonly TransitionRow[];
}

async function loadBeside(tx: ScopedTx, grant: Grant, rows: readonly DispositionRow[]): Promise<Beside> {
  const ids = rows.flatMap((row) => row.worksheets.map(({ id }) => id));
  const view = permissionFor(grant, "disposition.read", null)?.view ?? "signed";
  const transitions = view === "all" ? [] : await listTransitions(tx, ids);
  return { view, validities: await loadValidities(tx, ids), transitions };
}

/** The kinds of records that may be opened for a row as it stands. */
function openable(tx: ScopedTx, scope: ScopeState, row: DispositionRow, hasIsa: boolean): RecordKind[] {
  const requirement = find(scope.own, row.requirementNumber);
  if (!requirement) return [];
  const { assessmentType, assessorOrganisationId } = tx.engagement;
  const context = {
    ...{ requirement, assessmentType, disposition: row.disposition as Disposition, documents: documentsOf(row) },
    hasAssessor: assessorOrganisationId !== null || hasIsa,
  };
  return RECORD_KINDS.filter(
    (kind) => !row.worksheets.some((one) => one.kind === kind) && openingBarrier(kind, context) === null,
  );
}

function documentRef(
  { id, state, revisionNumber, _count }: DispositionRow["worksheets"][number],
  { view, validities, transitions }: Beside,
): WorksheetRefDto {
  const moves = transitions.filter((move) => move.worksheetId === id);
  return {
    id,
    state: stateFor(view, state as WorksheetState, moves),
    revision: revisionNumber,
    openThreads: view === "signed" ? 0 : _count.threads,
    validity: validities.get(id) ?? null,
  };
}

function triggerOf(scope: ScopeState, number: string): TriggerDto | null {
  const found = scope.requirements.find((requirement) => requirement.number === number);
  return found ? triggerDto(found) : null;
}

function triggerDto(found: WorkbookRequirement): TriggerDto {
  const readings = ["article", "today"] as const;
  return {
    articleRow: found.rows[0]?.row.id ?? found.number,
    article: counts({ verdict: found.article }),
    today: counts({ verdict: found.today }),
    undetermined: found.article === "undetermined" || found.today === "undetermined",
    reasons: found.rows.flatMap(({ row, result }) =>
      readings.flatMap((reading) =>
        result[reading].reasons.map(({ text, remarks }) => ({
          reading,
          text: [`${row.id}: ${text}`, ...remarks].join(" "),
        })),
      ),
    ),
    sources: [...new Set(found.rows.flatMap(({ row }) => row.sources))],
    weights: found.rows.map(({ row }) => ({
      row: row.id,
      disputed: row.disputed,
      disputeReason: row.disputeReason,
      asOf: row.asOf,
    })),
  };
}

/** How far the workbook is, for the bar at the top. */
export function progressOfRows(rows: readonly DispositionDto[]): ProgressDto {
  return {
    total: rows.length,
    settled: rows.filter((row) => row.settled).length,
    waitingForEntity: rows.filter((row) => row.turn === "entity").length,
    waitingForAssessor: rows.filter((row) => row.turn === "assessor").length,
    undecided: rows.filter((row) => row.disposition === "undecided").length,
    brokenSignOffs: rows.filter((row) => {
      const statuses = [row.worksheet, ...row.records].map((one) => one?.validity?.status);
      return statuses.some((status) => status === "broken" || status === "needs_revalidation");
    }).length,
  };
}
