import { randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import type pg from "pg";

/** From where, and when. */
export interface Restored {
  readonly backupAt: string;
  /** SHA-256 of the backup's manifest. */
  readonly backupSha256: string;
  readonly now: Date;
}

/**
 * Marks a database as restored, within the transaction that loads it and by an event like every other change: until an
 * operator has recorded the gap, nothing is signed. API tokens are revoked and webhooks switched off: one that was
 * revoked or removed after the backup would serve again. What webhooks were to be told is put out of line.
 */
export async function markRestored(client: pg.Client, { backupAt, backupSha256, now }: Restored): Promise<void> {
  const [id, tx] = [randomUUID(), randomUUID()];
  await client.query("SELECT set_config('countervail.tx_token', $1, true)", [tx]);
  await client.query("INSERT INTO service_gap (id, opened_at, backup_at, backup_sha256) VALUES ($1, $2, $3, $4)", [
    id,
    now,
    backupAt,
    backupSha256,
  ]);
  // Which of them were revoked since the backup, nothing says any more.
  await client.query("UPDATE api_token SET revoked_at = $1 WHERE revoked_at IS NULL", [now]);
  // What was in line then has been sent since, most of it: nothing of it goes out again unless a person says so, also no test.
  await client.query("UPDATE webhook_message SET state = 'skipped', settled_at = $1 WHERE state = 'waiting'", [now]);
  await client.query(
    "UPDATE webhook_endpoint SET is_on = false, off_reason = 'restored', version = version + 1 WHERE is_on",
  );
  const { rows } = await client.query<{ table: string; id: string; number: number; state: string }>(
    "SELECT table_name AS table, row_id AS id, number, state FROM audit_states()",
  );
  const payload = canonicalize({
    v: 1,
    at: now.toISOString(),
    actorId: null,
    actorOrganisationId: null,
    action: "service.restored",
    requestId: "restore",
    detail: { gapId: id, backupAt, backupSha256 },
    changes: rows,
    tx,
  });
  await client.query("SELECT audit_append('system', $1)", [payload]);
  await client.query("SET CONSTRAINTS ALL IMMEDIATE");
}
