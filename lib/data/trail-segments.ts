import type { WholeEvent } from "@/lib/data/trail-check";
import type { SystemTx } from "@/lib/db/kinds";
import type { ToldRow } from "@/lib/domain/audit/row-states";

/** A segment as it is stored: what is kept of its events, and the signed document about its file. Digests in hex. */
export interface StoredSegment {
  readonly from: bigint;
  /** The number after its last event. */
  readonly to: bigint;
  readonly prevHash: Uint8Array;
  readonly lastHash: Uint8Array;
  /** 32 bytes for each event, one behind the other. */
  readonly entryHashes: Uint8Array;
  readonly payloadHashes: Uint8Array;
  readonly sha256: string;
  readonly rowsSha256: string;
  readonly envelope: string;
  readonly lastAt: Date;
  readonly expired: boolean;
  /** A column is empty, which none ever is: nothing above can be relied on. */
  readonly isTorn: boolean;
}

/** The segments of a chain in their order. */
export function storedSegments(tx: SystemTx, logId: string): Promise<StoredSegment[]> {
  return tx.db.$queryRaw`
    SELECT from_seq AS "from", to_seq AS "to", prev_hash AS "prevHash", last_hash AS "lastHash", entry_hashes AS "entryHashes",
      payload_hashes AS "payloadHashes", sha256, rows_sha256 AS "rowsSha256", envelope, last_at AS "lastAt", expired,
      (s IS NOT NULL) IS NOT TRUE AS "isTorn"
    FROM audit_segment s WHERE log_id = ${logId} ORDER BY from_seq`;
}

/** What is noted of rows for the events of a stretch, by the number of the event. */
export async function rowsNamedIn(
  tx: SystemTx,
  logId: string,
  { from, to }: Pick<StoredSegment, "from" | "to">,
): Promise<ReadonlyMap<bigint, readonly ToldRow[]>> {
  const rows = await tx.db.$queryRaw<(ToldRow & { readonly seq: bigint })[]>`
    SELECT seq, table_name AS table, row_id AS id, number, state FROM audit_change
    WHERE log_id = ${logId} AND seq >= ${from} AND seq < ${to} ORDER BY seq`;
  const named = new Map<bigint, ToldRow[]>();
  for (const { seq, ...row } of rows) named.set(seq, [...(named.get(seq) ?? []), row]);
  return named;
}

/** Archived events of a chain that stay at hand, whole. */
export async function keptEvents(tx: SystemTx, logId: string): Promise<Omit<WholeEvent, "rows">[]> {
  return tx.db.$queryRaw`
    SELECT seq, coalesce(prev_hash, '') AS "prevHash", coalesce(entry_hash, '') AS "entryHash", coalesce(payload, '') AS payload,
      at, action, tx_token AS "txToken", actor_id AS "actorId", engagement_id AS "engagementId", worksheet_id AS "worksheetId"
    FROM audit_kept WHERE log_id = ${logId} ORDER BY seq`;
}
