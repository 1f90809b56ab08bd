import { expect } from "vitest";
import type { TransactionClient } from "@/lib/db/database";
import type { World } from "@/test/world";

/** How long a test lets others come to a lock before it gives up. Whoever has waited for three seconds comes again. */
const PATIENCE_MS = 20_000;

/** What stands behind a transaction of the test that holds something. */
export interface Held {
  /** Resolves once so many transactions wait for a lock. */
  readonly waiting: (count: number) => Promise<void>;
}

/**
 * Changes or locks rows behind everything, past the triggers, and keeps the transaction open while `meanwhile` lets others
 * run into it; they go on once it is done. @param hold what is done first, as the superuser
 */
export async function whileHeld<T>(
  world: World,
  hold: (db: TransactionClient) => Promise<unknown>,
  meanwhile: (held: Held) => Promise<T>,
): Promise<T> {
  return world.behind.prisma.$transaction(
    async (db) => {
      await db.$executeRaw`SET LOCAL session_replication_role = replica`;
      await hold(db as TransactionClient);
      return meanwhile({ waiting: (count) => untilWaiting(world, count) });
    },
    { timeout: 45_000 },
  );
}

async function untilWaiting({ behind }: World, count: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  let waiting = 0;
  while (waiting < count && performance.now() < until) {
    const rows = await behind.prisma.$queryRaw<{ waiting: bigint }[]>`SELECT count(*) AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    waiting = Number(rows[0]?.waiting ?? 0);
  }
  expect(waiting, "transactions that wait").toBeGreaterThanOrEqual(count);
}

/** Holds the store of the entity as an upload does. */
export function holdStore(world: World): (db: TransactionClient) => Promise<unknown> {
  const name = `countervail-blobs:${world.organisationId("entity")}`;
  return (db) => db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
