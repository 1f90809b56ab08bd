import { randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import { Failure } from "@/lib/contracts/failure";
import type { Idempotency } from "@/lib/contracts/request-context";
import type { Database, TransactionClient } from "@/lib/db/database";
import { isDuplicate, isTransient } from "@/lib/db/errors";
import { AHEAD, LAST } from "@/lib/db/pipelined";
import { type Stance, settingsOf } from "@/lib/db/stance";
import { announcementsOf } from "@/lib/domain/webhooks/announcements";

/** A row that an event changed, by table and by the id that the database's trigger knows it under. */
export interface ChangedRow {
  readonly table: string;
  readonly id: string;
}

/**
 * An event as it is recorded: the payload's words are the domain's, the chain's name says whose it is. The changes become
 * part of the payload with the states of their rows, when it is appended.
 */
export interface PendingEvent {
  readonly logId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly changes: readonly ChangedRow[];
}

/** What every kind of transaction offers. `record` keeps events until the end: they are the last writes before the commit. */
export interface TransactionBase {
  readonly db: TransactionClient;
  readonly now: Date;
  record(event: PendingEvent): void;
}

/** How a transaction is run. */
export interface TransactionOptions {
  readonly now: Date;
  /** Where the request came from, and by which API token; every event of it says so (PCI DSS 10.2.2; 10.3.5 in 3.2.1). */
  readonly origin?: { readonly address: string; readonly tokenId?: string };
  /** As what it is opened; lib/db/mint changes that once a right was found. */
  readonly as: Stance;
  /** Given for changes: whoever asks twice with the same key gets the first reply. */
  readonly idempotency?: { readonly userId: string } & Idempotency;
  /** A change without an event is a defect; said for reads. */
  readonly readOnly?: boolean;
  /**
   * All reads are of one instant: of what goes into a file that a request waits for, of an export that a worker gathers, or,
   * however long they take, of an inspection by the operator.
   */
  readonly ofOneInstant?: "request" | "export" | "inspection";
}

/** Thrown to answer a repeated request with the reply that its first run stored. */
export class ReplayedReply extends Error {
  override readonly name = "ReplayedReply";

  constructor(
    readonly status: number,
    readonly reply: unknown,
  ) {
    super("This request was answered before.");
  }
}

/** The database ends what takes too long before the client gives up on it. */
const HURRIED = { statement: "8s", idle: "10s", options: { timeout: 15_000 } } as const;
const OF_ONE_INSTANT = {
  request: { ...HURRIED, options: { ...HURRIED.options, isolationLevel: "RepeatableRead" } },
  // Each statement of an export reads a few worksheets, and a stretch of them is written down between two.
  export: { statement: "60s", idle: "60s", options: { timeout: 60 * 60 * 1_000, isolationLevel: "RepeatableRead" } },
  inspection: {
    statement: "0",
    idle: "0",
    options: { timeout: 24 * 60 * 60 * 1_000, isolationLevel: "RepeatableRead" },
  },
} as const;
const ATTEMPTS = 4;
const KEPT_MS = 24 * 60 * 60 * 1_000;
const FORGOTTEN_AT_ONCE = 50;

/**
 * Runs work in one transaction: limits first, events last. Deadlocks and serialisation failures are tried again, and
 * so is what met a twin that was first: the next attempt sees what the twin made and answers in the work's own words.
 * The work must therefore have no effect outside the transaction.
 * @throws Failure as the work does; `unavailable` when the database stays busy
 */
export async function runTransaction<T>(
  database: Database,
  options: TransactionOptions,
  work: (base: TransactionBase) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTransaction(database, options, work);
    } catch (error) {
      const retried = isTransient(error) || (isDuplicate(error) && attempt < ATTEMPTS);
      if (!retried) throw error;
      if (attempt === ATTEMPTS)
        throw new Failure("unavailable", "The database is busy. Please try again.", { retryAfter: 2 });
    }
  }
}

async function attemptTransaction<T>(
  database: Database,
  options: TransactionOptions,
  work: (base: TransactionBase) => Promise<T>,
): Promise<T> {
  let kept: { readonly result: T } | undefined;
  await database.admit();
  const { role, user, organisation, engagement } = settingsOf(options.as);
  const limits = options.ofOneInstant ? OF_ONE_INSTANT[options.ofOneInstant] : HURRIED;
  const running = database.prisma.$transaction(
    async (db) => {
      const events: PendingEvent[] = [];
      const token = randomUUID();
      await db.$queryRaw`${AHEAD} SELECT set_config('lock_timeout', '3s', true), set_config('statement_timeout', ${limits.statement}, true),
        set_config('idle_in_transaction_session_timeout', ${limits.idle}, true), set_config('countervail.tx_token', ${token}, true),
        set_config('role', ${role}, true), set_config('countervail.user_id', ${user}, true),
        set_config('countervail.organisation_id', ${organisation}, true),
        set_config('countervail.engagement_id', ${engagement}, true), set_config('countervail.invited_id', '', true)`;
      if (options.idempotency) await claimKey(db, options.idempotency, options.now);
      const { now, origin } = options;
      const record = ({ payload, ...event }: PendingEvent) =>
        void events.push({ ...event, payload: { ...payload, ...(origin ? { origin } : {}) } });
      const result = await work({ db, now, record });
      if (options.readOnly !== true && events.length === 0)
        throw new Error("A change was made without an audit event.");
      const states = await readStates(db, events, options.idempotency && { ...options.idempotency, reply: result });
      await appendAll(db, token, events, states);
      if (database.commitsWithLast && events.length > 0) kept = { result };
      return result;
    },
    { maxWait: 10_000, ...limits.options },
  );
  return running.catch((error: unknown) => {
    // Its time ran out, or the client was closed, while the commit was on its way: what is done is not told as failed.
    if (kept) return kept.result;
    throw error;
  });
}

/**
 * Appends the events with what the database has noted of the rows they name: the state each has come to. The payload is
 * the exact bytes that are hashed, in RFC 8785, so that anybody can write them again. What webhooks tell of is put in line
 * for them here, with the event or not at all.
 */
async function appendAll(
  db: TransactionClient,
  token: string,
  events: readonly PendingEvent[],
  states: RowStates,
): Promise<void> {
  for (const [index, { logId, payload, changes }] of events.entries()) {
    const named = new Map(changes.map((row) => [nameOf(row), { ...row, ...states.get(nameOf(row)) }]));
    const text = canonicalize({ ...payload, changes: [...named.values()], tx: token });
    const announcements = announcementsOf(payload);
    // Nobody else of the organisation appends until this transaction is over, so nothing waits for an answer meanwhile.
    const place = index === events.length - 1 ? LAST : AHEAD;
    if (announcements.length === 0) await db.$queryRaw`${place} SELECT audit_append(${logId}, ${text})`;
    else
      await db.$queryRaw`${place} WITH told AS MATERIALIZED (SELECT audit_append(${logId}, ${text}) AS seq)
        SELECT announce_event(${logId}, told.seq, said.type, said.audience, said.path, said.data)::text FROM told,
          jsonb_to_recordset(${JSON.stringify(announcements)}::jsonb) AS said(type text, audience text, path text, data jsonb)`;
  }
}

/** The rows that a transaction has changed by their name, with the how-manieth recorded change of each and its state after it. */
type RowStates = ReadonlyMap<string, { readonly number: number; readonly state: string | null }>;

/** The states of the rows that events name. By the same statement the reply is kept, for whoever asks again with its key. */
async function readStates(
  db: TransactionClient,
  events: readonly PendingEvent[],
  kept: (OwnedKey & { readonly reply: unknown }) | undefined,
): Promise<RowStates> {
  const changed = events.some(({ changes }) => changes.length > 0);
  if (!changed && !kept) return new Map();
  type Rows = { readonly table: string; readonly id: string; readonly number: number; readonly state: string | null }[];
  const rows = kept
    ? await db.$queryRaw<Rows>`WITH kept AS (
          UPDATE idempotency_key SET reply = ${JSON.stringify(kept.reply ?? null)}::jsonb
          WHERE user_id = ${kept.userId}::uuid AND key = ${kept.key})
        SELECT table_name AS table, row_id AS id, number, state FROM audit_states()`
    : await db.$queryRaw<Rows>`SELECT table_name AS table, row_id AS id, number, state FROM audit_states()`;
  return new Map(rows.map(({ number, state, ...row }) => [nameOf(row), { number, state }]));
}

function nameOf({ table, id }: ChangedRow): string {
  return `${table} ${id}`;
}

type OwnedKey = NonNullable<TransactionOptions["idempotency"]>;

/**
 * The insert waits for a twin that is under way, so only one of two equal requests does the work. By the same statement
 * replies go that nobody may ask for again: one can hold a worksheet's text. Some at a time, and none that another request
 * has in hand, for which this one would have to wait.
 */
async function claimKey(db: TransactionClient, owned: OwnedKey, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - KEPT_MS);
  const claimed = await db.$executeRaw`WITH forgotten AS (
      DELETE FROM idempotency_key WHERE user_id = ${owned.userId}::uuid AND key IN (
        SELECT old.key FROM idempotency_key old
        WHERE old.user_id = ${owned.userId}::uuid AND old.created_at < ${oldest}::timestamptz AND old.key <> ${owned.key}
        ORDER BY old.created_at LIMIT ${FORGOTTEN_AT_ONCE} FOR UPDATE SKIP LOCKED))
    INSERT INTO idempotency_key (user_id, key, request_hash, status, reply, created_at)
    VALUES (${owned.userId}::uuid, ${owned.key}, ${owned.requestHash}, ${owned.status}, 'null'::jsonb, ${now}::timestamptz)
    ON CONFLICT (user_id, key) DO NOTHING`;
  if (claimed === 1) return;
  const stored = await db.idempotencyKey.findUniqueOrThrow({
    where: { userId_key: { userId: owned.userId, key: owned.key } },
  });
  if (stored.requestHash !== owned.requestHash) {
    throw new Failure("key_reused", "This idempotency key was used for another request.");
  }
  throw new ReplayedReply(stored.status, stored.reply);
}
