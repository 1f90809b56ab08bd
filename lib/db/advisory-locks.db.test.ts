import { once } from "node:events";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { AdvisoryLocks, LockLost } from "./advisory-locks";
import { withConnection } from "./connect";

let stored: TestDatabase;
beforeAll(async () => {
  stored = await makeTestDatabase();
});
afterAll(() => stored.drop());

const cut = () =>
  withConnection(stored.adminUrl, (client) =>
    client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'countervail-locks' AND datname = current_database()",
    ),
  );

it("says to whoever holds a lock that the connection is gone, and takes it anew over another one", async () => {
  const [mine, others] = [new AdvisoryLocks(stored.appUrl), new AdvisoryLocks(stored.appUrl)];
  const held = await mine.take("one");
  expect(held?.lost.aborted).toBe(false);
  expect(await others.take("one")).toBeNull();
  await Promise.all([once(held?.lost ?? new EventTarget(), "abort"), cut()]);
  expect(held?.lost.reason).toBeInstanceOf(LockLost);

  const again = await mine.take("one");
  expect(again?.lost.aborted).toBe(false);
  // What was lost is not given back for whoever has it now.
  await held?.release();
  expect(await others.take("one")).toBeNull();
  await mine.check();
  expect(again?.lost.aborted).toBe(false);
  await again?.release();
  expect((await others.take("one"))?.lost.aborted).toBe(false);
  await mine.close();
  await others.close();
});
