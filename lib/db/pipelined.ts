import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlQuery, SqlResultSet, Transaction } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { Prisma } from "./generated/client";

const AHEAD_MARK = "/* ahead */";
const LAST_MARK = "/* last */";
const PARTS_MARK = "/* parts */";

/**
 * A statement of a transaction begins with it whose answer nobody needs: what comes next is sent behind it at once. Where it
 * fails, so does what comes next, and with its error.
 */
export const AHEAD = Prisma.raw(AHEAD_MARK);

/**
 * The last statement of a transaction begins with it: COMMIT is sent behind it at once, so that what it locks is not held
 * while its answer is on the way. Its own answer comes when the commit has; where PostgreSQL refuses either, nothing has
 * happened. What the client alone cannot read or send would fail beside a commit that goes through, so both these kinds of
 * statement take texts and numbers, and answer with them.
 */
export const LAST = Prisma.raw(LAST_MARK);

/**
 * A statement begins with it in a transaction whose parts are written as transactions of their own: what is last in one of
 * them is not the last of it.
 */
export const PARTS = Prisma.raw(PARTS_MARK);

const COMMIT: SqlQuery = { sql: "COMMIT", args: [], argTypes: [] };
const NOTHING: SqlResultSet = { columnNames: [], columnTypes: [], rows: [] };

/**
 * Prisma's adapter, with transactions that send on without waiting where {@link AHEAD} and {@link LAST} say so. Its
 * connections are set to pipeline, and joined by {@link joinWrites} as they are made.
 */
export class PipelinedPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => pipelined(await start(level));
    return adapter;
  }
}

/** How Prisma asks within a transaction; outside of one the pool asks, with a callback behind. */
type Ask = (query: { readonly text: string }, ...rest: readonly unknown[]) => Promise<pg.QueryResult>;

/**
 * Lets a connection write together what is asked before anybody waits for an answer, and takes the answer to BEGIN for
 * granted where the login may do nothing outside of a transaction: where one does not begin, what comes next fails with the
 * error of BEGIN.
 * @param trusted whether the login can do something by itself, so that BEGIN is waited for
 */
export function joinWrites(connection: pg.Client, trusted: boolean): void {
  const { stream } = connection.connection;
  const own = Object.getPrototypeOf(connection) as { readonly query: Ask };
  const send: Ask = (...given) => Reflect.apply(own.query, connection, given);
  let beginning: Promise<unknown> | undefined;
  const ask: Ask = (query, ...rest) => {
    stream.cork();
    // After all that is ready to be done, promises too.
    process.nextTick(() => stream.uncork());
    const sent = send(query, ...rest);
    if (rest.length > 0) return sent;
    if (query.text === "BEGIN" && !trusted) {
      beginning = sent;
      sent.catch(() => undefined);
      return Promise.resolve({ command: "BEGIN", rowCount: 0, oid: 0, fields: [], rows: [] });
    }
    const before = beginning;
    beginning = undefined;
    return before ? both(before, sent) : sent;
  };
  Object.assign(connection, { query: ask });
}

/**
 * PostgreSQL answers in the order in which it was asked, and after a failure it refuses everything until the transaction's
 * end, the commit too: so nothing that was sent ahead can go wrong and something behind it go through.
 */
function pipelined(tx: Transaction): Transaction {
  let ahead: Promise<unknown> | undefined;
  let isOver = false;
  let hasParts = false;

  function send<T>(sending: () => Promise<T>): Promise<T> {
    if (isOver) throw new Error("A statement came after the last one of its transaction.");
    return ahead ? both(ahead, sending()) : sending();
  }

  function sendAhead(query: SqlQuery): SqlResultSet {
    ahead = send(() => tx.queryRaw(query));
    // It is told by what comes next.
    ahead.catch(() => undefined);
    return NOTHING;
  }

  async function sendLast(query: SqlQuery): Promise<SqlResultSet> {
    const answer = send(() => tx.queryRaw(query));
    const committed = send(() => tx.executeRaw(COMMIT));
    isOver = true;
    await both(answer, committed);
    return answer;
  }

  return {
    provider: tx.provider,
    adapterName: tx.adapterName,
    options: tx.options,
    queryRaw: async (query) => {
      if (query.sql.startsWith(PARTS_MARK)) hasParts = true;
      if (query.sql.startsWith(LAST_MARK) && !hasParts) return sendLast(query);
      if (query.sql.startsWith(AHEAD_MARK)) return sendAhead(query);
      return send(() => tx.queryRaw(query));
    },
    executeRaw: async (query) => {
      if (query.sql === "ROLLBACK") {
        // Whatever its plan still holds would meet the connection when it is another transaction's.
        isOver = true;
        return tx.executeRaw(query);
      }
      if (query.sql !== COMMIT.sql) return send(() => tx.executeRaw(query));
      if (isOver) return 0;
      const committed = send(() => tx.executeRaw(query));
      isOver = true;
      return committed;
    },
    commit: () => tx.commit(),
    rollback: () => tx.rollback(),
    createSavepoint: async (name) => tx.createSavepoint?.(name),
    rollbackToSavepoint: async (name) => tx.rollbackToSavepoint?.(name),
    releaseSavepoint: async (name) => tx.releaseSavepoint?.(name),
  };
}

/** What came second, once both are there: the first failure is the one to show. */
async function both<T>(first: Promise<unknown>, second: Promise<T>): Promise<T> {
  const [before, own] = await Promise.allSettled([first, second]);
  if (before.status === "rejected") throw before.reason;
  if (own.status === "rejected") throw own.reason;
  return own.value;
}
