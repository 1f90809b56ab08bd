import type { ExportsTx, ScopedTx } from "@/lib/db/kinds";

/** The queue that workers take tickets of exports from. */
export const EXPORT_QUEUE = "exports";

/**
 * Puts a ticket for an export into the queue, as part of the transaction: nothing waits for a worker that was not
 * recorded. A second one while the first waits is none.
 */
export async function enqueueExport(tx: ScopedTx | ExportsTx, exportId: string): Promise<void> {
  await tx.db.$queryRaw`SELECT enqueue_export(${exportId}::uuid)::text`;
}
