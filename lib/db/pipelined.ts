import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlQuery, SqlResultSet, Transaction } from "@prisma/driver-adapter-utils";
import { Prisma } from "./generated/client";

const AHEAD_MARK = "/* ahead */";
const LAST_MARK = "/* last */";

/**
 * A statement of a transaction begins with it whose answer nobody needs: what comes next is sent behind it at once. Where it
 * fails, so does what comes next, and with its error.
 */
export const AHEAD = Prisma.raw(AHEAD_MARK);

/**
 * The last statement of a transaction begins with it: COMMIT is sent behind it at once, so that what it locks is not held
 * while its answer is on the way. Its own answer comes when the commit has; where either fails, nothing has happened.
 */
export const LAST = Prisma.raw(LAST_MARK);

const COMMIT: SqlQuery = { sql: "COMMIT", args: [], argTypes: [] };
const NOTHING: SqlResultSet = { columnNames: [], columnTypes: [], rows: [] };

/** Prisma's adapter, with transactions that send on without waiting where {@link AHEAD} and {@link LAST} say so. Its connections pipeline. */
export class PipelinedPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => pipelined(await start(level));
    return adapter;
  }
}

/**
 * PostgreSQL answers in the order in which it was asked, and after a failure it refuses everything until the transaction's
 * end, the commit too: so nothing that was sent ahead can go wrong and something behind it go through.
 */
function pipelined(tx: Transaction): Transaction {
  let ahead: Promise<unknown> | undefined;
  let isOver = false;

  /** Waits for what was sent ahead, and then for this: the first failure is the one to show. */
  async function behind<T>(sent: Promise<T>): Promise<T> {
    if (!ahead) return sent;
    const [before, own] = await Promise.allSettled([ahead, sent]);
    if (before.status === "rejected") throw before.reason;
    if (own.status === "rejected") throw own.reason;
    return own.value;
  }

  function send<T>(sending: () => Promise<T>): Promise<T> {
    if (isOver) throw new Error("A statement came after the last one of its transaction.");
    return behind(sending());
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
    const [own, end] = await Promise.allSettled([answer, committed]);
    if (own.status === "rejected") throw own.reason;
    if (end.status === "rejected") throw end.reason;
    return own.value;
  }

  return {
    provider: tx.provider,
    adapterName: tx.adapterName,
    options: tx.options,
    queryRaw: async (query) => {
      if (query.sql.startsWith(LAST_MARK)) return sendLast(query);
      if (query.sql.startsWith(AHEAD_MARK)) return sendAhead(query);
      return send(() => tx.queryRaw(query));
    },
    executeRaw: async (query) => {
      if (query.sql === "ROLLBACK") return tx.executeRaw(query);
      if (query.sql === COMMIT.sql && isOver) return 0;
      return send(() => tx.executeRaw(query));
    },
    commit: () => tx.commit(),
    rollback: () => tx.rollback(),
  };
}
