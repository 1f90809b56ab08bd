import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { migrate, schemaDrift } from "@/lib/db/migrate";
import { type MigrationScript, readMigrations } from "@/lib/db/migration-files";
import { makeTestDatabase, type TestDatabase } from "@/test/database";

/** A script with a function, whose body holds semicolons of its own. */
const TRIAL =
  "CREATE TABLE trial (id int); CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN n; END $$;";

let database: TestDatabase;
let scripts: MigrationScript[];

beforeAll(async () => {
  database = await makeTestDatabase();
  scripts = await readMigrations();
});
afterAll(() => database.drop());

function script(name: string, sql: string): MigrationScript {
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

test("a migrated database needs nothing and agrees with the schema", async () => {
  expect(await migrate(database.ownerUrl)).toEqual([]);
  expect(await schemaDrift(database.ownerUrl)).toBe("");
});

test("a database newer than the code is refused by name", async () => {
  await expect(migrate(database.ownerUrl, scripts.slice(0, -1))).rejects.toThrow(
    /^The database is newer than this version of Countervail \(it has \d{4}_\w+\)[^\n]*$/,
  );
});

test("a migration changed after it was applied is refused by name", async () => {
  const changed = scripts.map(({ name, sql }) => script(name, `${sql}\n-- changed`));
  await expect(migrate(database.ownerUrl, changed)).rejects.toThrow(/^The migration \d{4}_\w+ was changed[^\n]*$/);
});

test("a migration that fails leaves nothing behind and goes through once it is put right", async () => {
  const wrong = script("9001_trial", `${TRIAL} SELECT 1/0;`);
  await expect(migrate(database.ownerUrl, [...scripts, wrong])).rejects.toThrow(
    /^A migration failed and left nothing behind: [^\n]*division by zero[^\n]*9001_trial/,
  );
  const isThere = () =>
    withConnection(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ found: boolean }>("SELECT to_regclass('trial') IS NOT NULL AS found");
      return rows[0]?.found;
    });
  expect(await isThere()).toBe(false);
  const right = script("9001_trial", TRIAL);
  expect(await migrate(database.ownerUrl, [...scripts, right])).toEqual(["9001_trial"]);
  expect(await isThere()).toBe(true);
});

test("two instances that migrate at once do it once", async () => {
  const next = script("9002_trial", "CREATE TABLE trial_two (id int);");
  const all = [...scripts, script("9001_trial", TRIAL), next];
  const [first, second] = await Promise.all([migrate(database.ownerUrl, all), migrate(database.ownerUrl, all)]);
  expect([...first, ...second]).toEqual(["9002_trial"]);
});
