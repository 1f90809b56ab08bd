import type { UpdateDispositionInput } from "@/lib/contracts/disposition";
import { fromDay } from "@/lib/data/days";
import type { ScopedTx } from "@/lib/db/kinds";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { RequirementDocument } from "@/lib/domain/workflow/documents";
import type { WorksheetState } from "@/lib/domain/workflow/states";

const related = {
  worksheets: {
    include: {
      _count: { select: { threads: { where: { resolvedAt: null, visibility: "shared" } } } },
    },
  },
} as const;

/** A row of the workbook with its worksheet and records, as far as they were opened. */
export type DispositionRow = NonNullable<Awaited<ReturnType<typeof findDisposition>>>;

/** The compensating controls worksheet of a row, if one was opened. */
export function ccwOf(row: DispositionRow): DispositionRow["worksheets"][number] | null {
  return row.worksheets.find(({ kind }) => kind === "ccw") ?? null;
}

/** The worksheet and records of a row, as far as they were opened. */
export function documentsOf(row: DispositionRow): RequirementDocument[] {
  // Both were checked before they were written.
  return row.worksheets.map(({ kind, state }) => ({ kind: kind as WorksheetKind, state: state as WorksheetState }));
}

/** All rows of the workbook, or those named, in the requirements' natural order, which a database's collation does not know. */
export async function listDispositions(tx: ScopedTx, ids?: readonly string[]): Promise<DispositionRow[]> {
  const rows = await tx.db.disposition.findMany({
    where: { engagementId: tx.engagement.id, ...(ids ? { id: { in: [...ids] } } : {}) },
    include: related,
  });
  return rows.sort((a, b) => compareNumbers(a.requirementNumber, b.requirementNumber));
}

/** One row, or null. */
export function findDisposition(tx: ScopedTx, id: string) {
  return tx.db.disposition.findFirst({ where: { id, engagementId: tx.engagement.id }, include: related });
}

/** Adds rows for requirement numbers that have none yet. @returns the ids and numbers of the new rows */
export async function insertDispositions(
  tx: ScopedTx,
  numbers: readonly string[],
  source: "scope" | "added",
): Promise<{ id: string; requirementNumber: string }[]> {
  const { id: engagementId, organisationId } = tx.engagement;
  return tx.db.disposition.createManyAndReturn({
    data: numbers.map((requirementNumber) => ({
      engagementId,
      organisationId,
      requirementNumber,
      source,
      updatedById: tx.actor.userId,
      updatedAt: tx.now,
    })),
    skipDuplicates: true,
    select: { id: true, requirementNumber: true },
  });
}

/** Turns rows that the scope brought into rows that the lead keeps, so that they stay when no trigger holds. */
export async function keepRows(tx: ScopedTx, ids: readonly string[]): Promise<void> {
  await tx.db.disposition.updateMany({
    where: { id: { in: [...ids] }, engagementId: tx.engagement.id },
    data: { source: "added", version: { increment: 1 } },
  });
}

/** Saves a row over the version it was read at. False when somebody else saved first. */
export async function updateDisposition(tx: ScopedTx, id: string, input: UpdateDispositionInput): Promise<boolean> {
  const { version, fixDueOn, dueOn, ...rest } = input;
  const { count } = await tx.db.disposition.updateMany({
    where: { id, engagementId: tx.engagement.id, version },
    data: {
      ...rest,
      ...(fixDueOn === undefined ? {} : { fixDueOn: fromDay(fixDueOn) }),
      ...(dueOn === undefined ? {} : { dueOn: fromDay(dueOn) }),
      version: { increment: 1 },
      updatedById: tx.actor.userId,
      updatedAt: tx.now,
    },
  });
  return count === 1;
}

/** Gives many rows an owner or a due date. @returns how many rows it was */
export async function assignDispositions(
  tx: ScopedTx,
  ids: readonly string[],
  change: { readonly ownerId?: string | null | undefined; readonly dueOn?: string | null | undefined },
): Promise<number> {
  const { count } = await tx.db.disposition.updateMany({
    where: { id: { in: [...ids] }, engagementId: tx.engagement.id },
    data: {
      ...(change.ownerId === undefined ? {} : { ownerId: change.ownerId }),
      ...(change.dueOn === undefined ? {} : { dueOn: fromDay(change.dueOn) }),
      version: { increment: 1 },
      updatedById: tx.actor.userId,
      updatedAt: tx.now,
    },
  });
  return count;
}

/** When a row of the workbook last changed; the engagement's own beginning while it has none. */
export async function lastRowChange(tx: ScopedTx): Promise<Date> {
  const { _max } = await tx.db.disposition.aggregate({
    where: { engagementId: tx.engagement.id },
    _max: { updatedAt: true },
  });
  if (_max.updatedAt) return _max.updatedAt;
  const { createdAt } = await tx.db.engagement.findUniqueOrThrow({ where: { id: tx.engagement.id } });
  return createdAt;
}
