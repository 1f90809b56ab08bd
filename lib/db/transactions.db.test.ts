import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { isDuplicate } from "@/lib/db/errors";
import { runTransaction, type TransactionBase } from "@/lib/db/transactions";
import { makeTestDatabase, type TestDatabase } from "@/test/database";

let stored: TestDatabase;
let database: Database;
beforeAll(async () => {
  stored = await makeTestDatabase();
  database = openDatabase(stored.appUrl);
});
afterAll(async () => {
  await database.close();
  await stored.drop();
});

const now = new Date("2026-11-24T09:00:00Z");
const run = <T>(userId: string, work: (tx: TransactionBase) => Promise<T>) =>
  runTransaction(database, { now, readOnly: true, as: { kind: "identity", userId } }, work);
const row = (userId: string, key = "the same") => ({ userId, key, requestHash: "", status: 200, reply: {} });

/** Lets the first two who come wait for each other, and everybody later pass. */
function meeting(): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived === 2) open();
    return both;
  };
}

it("looks again when a twin made the same row first", async () => {
  const userId = randomUUID();
  const meet = meeting();
  const make = () =>
    run(userId, async ({ db }) => {
      if (await db.idempotencyKey.findFirst({ where: { userId } })) return "was there";
      await meet();
      await db.idempotencyKey.create({ data: row(userId) });
      return "made";
    });
  expect((await Promise.all([make(), make()])).sort()).toEqual(["made", "was there"]);
});

it("goes through when two hold what the other wants", async () => {
  const userId = randomUUID();
  await run(userId, ({ db }) => db.idempotencyKey.createMany({ data: [row(userId, "one"), row(userId, "two")] }));
  const meet = meeting();
  const count = (keys: readonly string[]) =>
    run(userId, async ({ db }) => {
      for (const key of keys) {
        await db.idempotencyKey.updateMany({ where: { userId, key }, data: { status: { increment: 1 } } });
        await meet();
      }
    });
  await Promise.all([count(["one", "two"]), count(["two", "one"])]);
  const rows = await run(userId, ({ db }) => db.idempotencyKey.findMany({ where: { userId } }));
  expect(rows.map(({ status }) => status)).toEqual([202, 202]);
});

it("does not hide a duplicate that stays one", async () => {
  const userId = randomUUID();
  const twice = run(userId, async ({ db }) => {
    await db.idempotencyKey.create({ data: row(userId) });
    await db.idempotencyKey.create({ data: row(userId) });
  });
  expect(await twice.catch(isDuplicate)).toBe(true);
  expect(await run(userId, ({ db }) => db.idempotencyKey.count({ where: { userId } }))).toBe(0);
});

it("takes a change without an event for the defect that it is", async () => {
  const silent = runTransaction(database, { now, as: { kind: "identity" } }, async () => "done");
  await expect(silent).rejects.toThrow("A change was made without an audit event.");
});

it("tells as done what was committed, though the client gave up on the answer of its commit", async () => {
  const userId = randomUUID();
  const { prisma } = database;
  const broken = (work: Parameters<typeof prisma.$transaction>[0], options: object) =>
    prisma.$transaction(work as never, options).then(() => Promise.reject(new Error("Transaction not found")));
  const impatient = { ...database, prisma: { $transaction: broken } as unknown as Database["prisma"] };
  const change = (on: Database, key: string) =>
    runTransaction(on, { now, as: { kind: "identity", userId } }, async ({ db, record }) => {
      record({ logId: "system", payload: { at: now.toISOString(), action: "test" }, changes: [] });
      await db.idempotencyKey.create({ data: row(userId, key) });
      return "done";
    });
  expect(await change(impatient, "a")).toBe("done");
  await expect(change({ ...impatient, commitsWithLast: false }, "b")).rejects.toThrow("Transaction not found");
});

it("forgets the replies of more than a day ago, some at a time and none that another has in hand", async () => {
  const userId = randomUUID();
  const old = Array.from({ length: 60 }, (_, n) => ({
    ...row(userId, `old ${n}`),
    createdAt: new Date("2026-11-23T08:59:59Z"),
  }));
  const young = { ...row(userId, "young"), createdAt: new Date("2026-11-23T09:00:01Z") };
  await run(userId, ({ db }) => db.idempotencyKey.createMany({ data: [...old, young] }));
  const kept = () => run(userId, ({ db }) => db.idempotencyKey.findMany({ where: { userId }, select: { key: true } }));
  const change = (key: string) =>
    runTransaction(
      database,
      { now, as: { kind: "identity", userId }, idempotency: { userId, key, requestHash: "", status: 200 } },
      async (base) => base.record({ logId: "system", payload: { at: now.toISOString(), action: "test" }, changes: [] }),
    );
  await run(userId, async ({ db }) => {
    await db.idempotencyKey.updateMany({ where: { userId, key: "old 0" }, data: { status: 201 } });
    await change("first");
    await change("second");
  });
  expect((await kept()).map(({ key }) => key).sort()).toEqual(["first", "old 0", "second", "young"]);
});
