import { createHash } from "node:crypto";
import type pg from "pg";
import {
  type ChainEvent,
  type ChainHead,
  chainStart,
  verifyChain,
  verifyHead,
  verifyStretch,
} from "@/lib/domain/audit/chain";

/** A stored event of a chain with what it says. */
export interface StoredEvent extends ChainEvent {
  readonly action: string;
  readonly worksheetId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

/** A chain read whole: its events, and what is wrong with it, or null. */
interface Chain {
  readonly events: StoredEvent[];
  readonly problem: string | null;
}

/** Reads an organisation's chain and recomputes it from its rows. */
export function readChain(sql: pg.Client, organisationId: string): Promise<Chain> {
  return readLog(sql, `org:${organisationId}`);
}

/** Reads the chain of that name and recomputes it from its rows. */
export async function readLog(sql: pg.Client, logId: string): Promise<Chain> {
  const { rows, head } = await readRows(sql, logId, 0n);
  const events = rows.map((row) => {
    const payload = JSON.parse(row.payload) as {
      action: string;
      worksheetId?: string;
      detail: Record<string, unknown>;
    };
    return { ...row, action: payload.action, worksheetId: payload.worksheetId ?? null, detail: payload.detail };
  });
  const verdict = verifyChain(logId, events, head, sha256);
  return { events, problem: verdict.holds ? null : verdict.problem };
}

/** The stored events of a chain from a number on, and its stored end. */
async function readRows(
  sql: pg.Client,
  logId: string,
  from: bigint,
): Promise<{ readonly rows: ChainEvent[]; readonly head: ChainHead | null }> {
  const { rows } = await sql.query<{ seq: string; prev_hash: Buffer; entry_hash: Buffer; payload: string }>(
    "SELECT seq, prev_hash, entry_hash, payload FROM audit_event WHERE log_id = $1 AND seq >= $2 ORDER BY seq",
    [logId, String(from)],
  );
  const { rows: heads } = await sql.query<{ size: string; head: Buffer }>(
    "SELECT size, head FROM audit_head WHERE log_id = $1",
    [logId],
  );
  const [stored] = heads;
  return {
    rows: rows.map(({ seq, prev_hash: prevHash, entry_hash: entryHash, payload }) => ({
      seq: BigInt(seq),
      prevHash,
      entryHash,
      payload,
    })),
    head: stored ? { size: BigInt(stored.size), head: stored.head } : null,
  };
}

/** Recomputes a chain as it grows: each look goes on where the one before has ended. */
export class ChainFollower {
  #progress;

  constructor(private readonly logId: string) {
    this.#progress = chainStart(logId, sha256);
  }

  /** What is wrong with what came since the last look, or null. */
  async problem(sql: pg.Client): Promise<string | null> {
    // One snapshot, because people go on writing.
    await sql.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows, head } = await readRows(sql, this.logId, this.#progress.nextSeq);
    await sql.query("COMMIT");
    const links = rows.map((row) => ({ ...row, payloadHash: sha256(Buffer.from(row.payload)) }));
    const verdict = verifyStretch(links, this.#progress, sha256);
    if (!verdict.holds) return verdict.problem;
    this.#progress = verdict.progress;
    const end = verifyHead(this.#progress, head);
    return end.holds ? null : end.problem;
  }
}
