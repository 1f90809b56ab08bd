import type { Database } from "@/lib/db/database";
import { PARTS } from "@/lib/db/pipelined";

/** Longest that playing the demo may take, in milliseconds. */
const TIME_LIMIT_MS = 240_000;

/**
 * Runs work whose every transaction becomes a part of one: the demo is in the database as a whole or not at all, also
 * after a crash in its midst. The trail can only grow, so half a demo could never be cleared away.
 * Each part begins by saying as what it works, as a transaction of its own does.
 * What the database checks at a commit (each change has its event) is checked after each part.
 */
export function inOneTransaction<T>(database: Database, work: (parts: Database) => Promise<T>): Promise<T> {
  return database.prisma.$transaction(
    async (db) => {
      await db.$queryRaw`${PARTS} SELECT 1`;
      const part = async (run: (tx: typeof db) => Promise<unknown>) => {
        const result = await run(db);
        await db.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
        await db.$executeRaw`SET CONSTRAINTS ALL DEFERRED`;
        return result;
      };
      // Services open transactions on the client and use nothing else of it.
      const prisma = { $transaction: part } as unknown as Database["prisma"];
      return work({ ...database, prisma, commitsWithLast: false, close: () => Promise.resolve() });
    },
    { maxWait: 10_000, timeout: TIME_LIMIT_MS },
  );
}
