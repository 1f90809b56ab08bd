import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase, type TransactionClient } from "@/lib/db/database";
import { sqlState } from "@/lib/db/errors";
import { AHEAD, LAST, PARTS } from "@/lib/db/pipelined";
import { makeTestDatabase, type TestDatabase } from "@/test/database";

let stored: TestDatabase;
/** As superuser, so that nothing but what is tried stands in the way. */
let behind: Database;
beforeAll(async () => {
  stored = await makeTestDatabase();
  behind = openDatabase(stored.adminUrl, "any");
});
afterAll(async () => {
  await behind.close();
  await stored.drop();
});

const within = <T>(work: (db: TransactionClient) => Promise<T>) => behind.prisma.$transaction(work);
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "it went through",
    (error: unknown) => sqlState(error) ?? String(error),
  );
const isThere = async (userId: string) =>
  (await behind.prisma.idempotencyKey.findFirst({ where: { userId } })) !== null;
const put = (db: TransactionClient, userId: string) =>
  db.idempotencyKey.create({ data: { userId, key: "a key", requestHash: "", status: 200, reply: {} } });
const DIVISION = "22012";

it("tells the failure of what was sent ahead by what comes next, and keeps nothing", async () => {
  const userId = randomUUID();
  const read = within(async (db) => {
    await put(db, userId);
    await db.$queryRaw`${AHEAD} SELECT 1 / 0`;
    await db.$queryRaw`SELECT 1`;
  });
  expect(await failure(read)).toBe(DIVISION);
  const committed = within(async (db) => {
    await put(db, userId);
    await db.$queryRaw`${AHEAD} SELECT 1 / 0`;
  });
  expect(await failure(committed)).toBe(DIVISION);
  const last = within(async (db) => {
    await put(db, userId);
    await db.$queryRaw`${AHEAD} SELECT 1 / 0`;
    await db.$queryRaw`${LAST} SELECT 1`;
  });
  expect(await failure(last)).toBe(DIVISION);
  expect(await isThere(userId)).toBe(false);
});

it("has committed when the answer of the last statement is there", async () => {
  const userId = randomUUID();
  await within(async (db) => {
    await put(db, userId);
    const answer = await db.$queryRaw`${LAST} SELECT 41 + 1 AS answer`;
    expect([answer, await isThere(userId)]).toEqual([[{ answer: 42 }], true]);
    await expect(db.$queryRaw`SELECT 1`).rejects.toThrow("after the last one");
  }).catch(() => undefined);
  expect(await isThere(userId)).toBe(true);
});

it("keeps nothing when the last statement fails, although the commit is on its way", async () => {
  const userId = randomUUID();
  const failing = within(async (db) => {
    await put(db, userId);
    await db.$queryRaw`${LAST} SELECT 1 / 0`;
  });
  expect(await failure(failing)).toBe(DIVISION);
  expect(await isThere(userId)).toBe(false);
});

it("tells what the commit refuses, and goes on with the connection", async () => {
  const unaudited = () =>
    within(async (db) => {
      await db.$executeRaw`INSERT INTO organisation (id, kind, name) VALUES (${randomUUID()}::uuid, 'entity', 'Unheard')`;
      await db.$queryRaw`${LAST} SELECT 1`;
    });
  // More often than there are connections.
  for (let round = 0; round < 12; round += 1) expect(await failure(unaudited())).toBe("CV002");
  expect(await behind.prisma.organisation.count({ where: { name: "Unheard" } })).toBe(0);
});

it("goes on behind the last statement of a part, and keeps nothing of it when it fails later", async () => {
  const userId = randomUUID();
  const failed = within(async (db) => {
    await db.$queryRaw`${PARTS} SELECT 1`;
    await put(db, userId);
    await db.$queryRaw`${LAST} SELECT 1`;
    expect(await isThere(userId)).toBe(false);
    await db.$queryRaw`SELECT 1 / 0`;
  });
  expect(await failure(failed)).toBe(DIVISION);
  expect(await isThere(userId)).toBe(false);
});

it("tells a change that is done as done, also when its time runs out on the way of the commit", async () => {
  const userId = randomUUID();
  let answered = false;
  const late = behind.prisma.$transaction(
    async (db) => {
      await put(db, userId);
      await db.$queryRaw`${LAST} SELECT pg_sleep(0.6)::text`;
      answered = true;
    },
    { timeout: 200 },
  );
  await expect(late).rejects.toThrow();
  // What `attemptTransaction` goes by.
  expect([answered, await isThere(userId)]).toEqual([true, true]);
});
