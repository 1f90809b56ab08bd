import type { ScopedTx } from "@/lib/db/kinds";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { RequirementDocument } from "@/lib/domain/workflow/documents";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** A worksheet or a record of a row. */
export type WorkbookDocument = RequirementDocument & { readonly id: string };

/** A row of the workbook as opening its worksheet or a record needs it. */
export interface WorkbookRow {
  readonly id: string;
  readonly requirementNumber: string;
  readonly disposition: Disposition;
  readonly documents: readonly WorkbookDocument[];
}

/** A row of the workbook, held until the commit, so that nobody else opens a document of it meanwhile. */
export async function holdWorkbookRow(tx: ScopedTx, id: string): Promise<WorkbookRow | null> {
  await holdWorkbookRows(tx, [id]);
  return findWorkbookRow(tx, id);
}

/** Holds rows until the commit, always in the same order, so that two who hold some of the same never wait for each other. */
export async function holdWorkbookRows(tx: ScopedTx, ids: readonly string[]): Promise<void> {
  await tx.db.$queryRaw`SELECT 1 FROM disposition WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** A row of the workbook as it stands, or null. */
export async function findWorkbookRow(tx: ScopedTx, id: string): Promise<WorkbookRow | null> {
  const row = await tx.db.disposition.findFirst({
    where: { id, engagementId: tx.engagement.id },
    include: { worksheets: { select: { id: true, kind: true, state: true } } },
  });
  return row && workbookRow(row);
}

/** A row as opening its worksheet or a record needs it. */
export function workbookRow(row: {
  readonly id: string;
  readonly requirementNumber: string;
  readonly disposition: string;
  readonly worksheets: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
}): WorkbookRow {
  return {
    id: row.id,
    requirementNumber: row.requirementNumber,
    disposition: row.disposition as Disposition,
    documents: row.worksheets.map(({ id, kind, state }) => ({
      id,
      kind: kind as WorksheetKind,
      state: state as WorksheetState,
    })),
  };
}

/** Stores that a compensating control is the answer to a requirement. */
export async function chooseCompensatingControl(tx: ScopedTx, id: string): Promise<void> {
  await chooseDisposition(tx, [id], "compensating_control");
}

/** Stores the answer to requirements that one of the documents of each stands for. */
export async function chooseDisposition(tx: ScopedTx, ids: readonly string[], disposition: Disposition): Promise<void> {
  await tx.db.disposition.updateMany({
    where: { id: { in: [...ids] }, engagementId: tx.engagement.id },
    data: {
      disposition,
      version: { increment: 1 },
      updatedById: tx.actor.userId,
      updatedAt: tx.now,
    },
  });
}

/** What the entity does about the requirements of some rows, by the row's id. */
export async function dispositionsOf(tx: ScopedTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.db.disposition.findMany({
    where: { id: { in: [...ids] }, engagementId: tx.engagement.id },
    select: { id: true, disposition: true },
  });
  return new Map(rows.map(({ id, disposition }) => [id, disposition]));
}
