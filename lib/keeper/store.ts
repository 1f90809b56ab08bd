import pg from "pg";
import { SEGMENT_FILES } from "@/lib/db/segment-files";
import { OperatorError } from "@/lib/operator-error";

/** Events of a chain that may be archived. Numbers as JavaScript's: chains are no longer than those reach. */
export interface DueStretch {
  readonly chain: string;
  readonly from: number;
  /** The number after the last one. */
  readonly to: number;
  /** Entry hash of the event before. */
  readonly prevHash: Uint8Array;
  /** Size of the newest checkpoint of the chain. */
  readonly checkpointed: number;
}

/** An event that is to be archived. */
export interface DueEvent {
  readonly seq: bigint;
  readonly prevHash: Uint8Array;
  readonly entryHash: Uint8Array;
  readonly payload: string;
}

/** A segment that was archived. */
export interface KnownSegment {
  readonly chain: string;
  readonly from: number;
  readonly to: number;
  readonly lastAt: Date;
  /** Its file was given up. */
  readonly expired: boolean;
}

/** What the keeper can ask of the database: its login can execute these functions and nothing else. */
export interface KeeperStore {
  /** The service's name. */
  service(): Promise<string>;
  /** Cuts the ranges of the trail where that is due. @returns how many changed */
  cut(): Promise<number>;
  /** What is older than whole months, chain by chain. */
  due(months: number): Promise<DueStretch[]>;
  /** Events in their order. */
  read(chain: string, from: number, count: number): Promise<DueEvent[]>;
  /** Takes a segment in by its signed document, removes its events and appends the event about it, or does nothing. */
  archive(chain: string, envelope: string, event: string): Promise<void>;
  /** All segments. */
  segments(): Promise<KnownSegment[]>;
  /** Gives segments up to a number up and appends the event about it, or does nothing. */
  expire(chain: string, to: number, years: number, event: string): Promise<void>;
  /**
   * Does work while nobody else archives or gives up; and for giving up, while nobody copies or verifies what is archived
   * either.
   * @throws OperatorError when somebody does
   */
  alone<T>(what: "archiving" | "giving up", work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The trail of a database under the keeper's login; nothing connects before the first question. */
export function openKeeperStore(url: string): KeeperStore {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 10_000,
    statement_timeout: 120_000,
    application_name: "countervail-keeper",
  });
  // The pool replaces a connection that breaks while it is idle; without a listener the process would end.
  pool.on("error", () => undefined);
  return {
    alone: async (what, work) => {
      const client = new pg.Client({ connectionString: url, application_name: "countervail-keeper" });
      await client.connect();
      try {
        if (!(await isFree(client, "countervail-archive"))) {
          throw new OperatorError("Somebody else archives the trail just now: try again later.");
        }
        if (what === "giving up" && !(await isFree(client, SEGMENT_FILES))) {
          throw new OperatorError("A backup is made or the trail is verified just now: try again later.");
        }
        return await work();
      } finally {
        // The lock ends with its connection.
        await client.end();
      }
    },
    service: async () => {
      const { rows } = await pool.query<{ id: string }>("SELECT signer_service() AS id");
      return rows[0]?.id ?? "";
    },
    cut: async () => {
      const { rows } = await pool.query<{ changed: number }>("SELECT keeper_cut() AS changed");
      return rows[0]?.changed ?? 0;
    },
    due: async (months) => {
      const { rows } = await pool.query<{
        log_id: string;
        from_seq: string;
        to_seq: string;
        prev_hash: Buffer;
        checkpointed: string;
      }>("SELECT log_id, from_seq, to_seq, prev_hash, checkpointed FROM keeper_due($1)", [months]);
      return rows.map((row) => ({
        chain: row.log_id,
        from: Number(row.from_seq),
        to: Number(row.to_seq),
        prevHash: new Uint8Array(row.prev_hash),
        checkpointed: Number(row.checkpointed),
      }));
    },
    read: async (chain, from, count) => {
      const { rows } = await pool.query<{ seq: string; prev_hash: Buffer; entry_hash: Buffer; payload: string }>(
        "SELECT seq, prev_hash, entry_hash, payload FROM keeper_read($1, $2, $3)",
        [chain, from, count],
      );
      return rows.map((row) => ({
        seq: BigInt(row.seq),
        prevHash: new Uint8Array(row.prev_hash),
        entryHash: new Uint8Array(row.entry_hash),
        payload: row.payload,
      }));
    },
    archive: async (chain, envelope, event) => {
      await pool.query("SELECT keeper_archive($1, $2, $3)", [chain, envelope, event]);
    },
    segments: async () => {
      const { rows } = await pool.query<{
        log_id: string;
        from_seq: string;
        to_seq: string;
        last_at: Date;
        expired: boolean;
      }>("SELECT log_id, from_seq, to_seq, last_at, expired FROM keeper_segments()");
      return rows.map((row) => ({
        chain: row.log_id,
        from: Number(row.from_seq),
        to: Number(row.to_seq),
        lastAt: row.last_at,
        expired: row.expired,
      }));
    },
    expire: async (chain, to, years, event) => {
      await pool.query("SELECT keeper_expire($1, $2, $3, $4)", [chain, to, years, event]);
    },
    close: () => pool.end(),
  };
}

/** Takes a lock unless somebody has it. */
async function isFree(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free",
    [name],
  );
  return rows[0]?.free ?? false;
}
