import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import type { SystemTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import type { AuditDetails } from "@/lib/domain/audit/event-types";

type KeyAction = Extract<keyof AuditDetails, `key.${string}`>;

/** Records an event of keys on the system's chain. */
export function recordKeyEvent<A extends KeyAction>(
  context: ServiceContext,
  tx: SystemTx,
  action: A,
  detail: AuditDetails[A] & Readonly<Record<string, unknown>>,
  changes: readonly ChangedRow[] = [],
): void {
  const body = { action, requestId: context.requestId, detail };
  tx.record(makeEvent(SYSTEM_LOG, tx.now, null, body, changes));
}

/** Data keys as rows that an event changed. */
export function keyRows(ids: readonly string[]): ChangedRow[] {
  return ids.map((id) => ({ table: "data_key", id }));
}
