import pg from "pg";
import type { ChainLink } from "@/lib/domain/audit/chain";
import { fromHex, toHex } from "@/lib/domain/proof/bytes";
import type { SignedCheckpoint } from "@/lib/signing/protocol";

/** A chain as the database says it is. */
export interface StoredChain {
  readonly logId: string;
  readonly size: number;
  readonly head: Uint8Array;
  /** Size of its newest stored checkpoint. */
  readonly checkpointed: number;
}

/** What the signer can ask of the database: its login can execute these functions and nothing else. */
export interface Chains {
  /** The service's name. */
  service(): Promise<string>;
  /** Whether data were put back and no operator has recorded what is missing. */
  hasGap(): Promise<boolean>;
  /** All chains. */
  list(): Promise<StoredChain[]>;
  /** Events of a chain in their order, with hashes of the stored bytes in the place of the bytes. */
  stretch(logId: string, from: number, count: number): Promise<ChainLink[]>;
  /** The newest stored checkpoint of a chain, or null. */
  last(logId: string): Promise<SignedCheckpoint | null>;
  /** Stores a checkpoint; once more does nothing. @throws when another of that size is there */
  store(checkpoint: SignedCheckpoint): Promise<void>;
  close(): Promise<void>;
}

/** SQLSTATE of {@link Chains.store} when the database holds another checkpoint of that size. */
export const OTHER_CHECKPOINT = "CV005";

/** The chains of a database under the signer's login; nothing connects before the first question. */
export function openChains(url: string): Chains {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 20_000,
    application_name: "countervail-signer",
  });
  // The pool replaces a connection that breaks while it is idle; without a listener the process would end.
  pool.on("error", () => undefined);
  return {
    service: async () => {
      const { rows } = await pool.query<{ id: string }>("SELECT signer_service() AS id");
      return rows[0]?.id ?? "";
    },
    hasGap: async () => {
      const { rows } = await pool.query<{ open: boolean }>("SELECT signer_gap() AS open");
      return rows[0]?.open ?? true;
    },
    list: async () => {
      const { rows } = await pool.query<{ log_id: string; size: string; head: Uint8Array; checkpointed: string }>(
        "SELECT log_id, size, head, checkpointed FROM signer_chains()",
      );
      return rows.map((row) => ({
        logId: row.log_id,
        size: Number(row.size),
        head: new Uint8Array(row.head),
        checkpointed: Number(row.checkpointed),
      }));
    },
    stretch: async (logId, from, count) => {
      const { rows } = await pool.query<{
        seq: string;
        prev_hash: Uint8Array;
        entry_hash: Uint8Array;
        payload_hash: Uint8Array;
      }>("SELECT seq, prev_hash, entry_hash, payload_hash FROM signer_stretch($1, $2, $3)", [logId, from, count]);
      return rows.map((row) => ({
        seq: BigInt(row.seq),
        prevHash: new Uint8Array(row.prev_hash),
        entryHash: new Uint8Array(row.entry_hash),
        payloadHash: new Uint8Array(row.payload_hash),
      }));
    },
    last: async (logId) => {
      const { rows } = await pool.query<{ size: string; root: Uint8Array; note: string; key_id: string; at: Date }>(
        "SELECT size, root, note, key_id, at FROM signer_last($1)",
        [logId],
      );
      const [row] = rows;
      if (!row) return null;
      const { size, root, note, key_id: keyId, at } = row;
      return { logId, size: Number(size), root: toHex(new Uint8Array(root)), note, keyId, at: at.toISOString() };
    },
    store: async ({ logId, size, root, note, keyId, at }) => {
      await pool.query("SELECT signer_store($1, $2, $3, $4, $5, $6)", [
        logId,
        size,
        Buffer.from(fromHex(root) ?? []),
        note,
        keyId,
        at,
      ]);
    },
    close: () => pool.end(),
  };
}
