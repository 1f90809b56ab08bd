import type { ScopedTx } from "@/lib/db/kinds";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** A row of the workbook as opening its worksheet needs it. */
export interface WorkbookRow {
  readonly id: string;
  readonly requirementNumber: string;
  readonly disposition: Disposition;
  readonly worksheet: { readonly id: string; readonly state: WorksheetState } | null;
}

/** A row of the workbook, held until the commit, so that nobody else opens its worksheet meanwhile. */
export async function holdWorkbookRow(tx: ScopedTx, id: string): Promise<WorkbookRow | null> {
  await tx.db.$queryRaw`SELECT 1 FROM disposition WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.db.disposition.findFirst({
    where: { id, engagementId: tx.engagement.id },
    include: { worksheet: { select: { id: true, state: true } } },
  });
  if (!row) return null;
  const { worksheet } = row;
  return {
    id: row.id,
    requirementNumber: row.requirementNumber,
    disposition: row.disposition as Disposition,
    worksheet: worksheet && { id: worksheet.id, state: worksheet.state as WorksheetState },
  };
}

/** Stores that a compensating control is the answer to a requirement. */
export async function chooseCompensatingControl(tx: ScopedTx, id: string): Promise<void> {
  await tx.db.disposition.updateMany({
    where: { id, engagementId: tx.engagement.id },
    data: {
      disposition: "compensating_control",
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
