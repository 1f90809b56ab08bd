import { afterAll, beforeAll, expect, test } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { makeTestDatabase, type TestDatabase } from "./database";

let database: TestDatabase;
beforeAll(async () => {
  database = await makeTestDatabase();
});
afterAll(() => database.drop());

test("a test's database has the tables, and the application owns none of them", async () => {
  const owners = await withConnection(database.appUrl, async (client) => {
    const { rows } = await client.query<{ owner: string; tables: number }>(
      "SELECT tableowner AS owner, count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public' GROUP BY 1",
    );
    return new Map(rows.map((row) => [row.owner, row.tables]));
  });
  expect(owners.get("countervail_owner")).toBeGreaterThan(10);
  expect(owners.get("countervail_audit")).toBeGreaterThan(0);
  expect(owners.has("countervail_app")).toBe(false);
});

test("the application may neither make tables nor become the owner or the audit group", async () => {
  await withConnection(database.appUrl, async (client) => {
    await expect(client.query("CREATE TABLE intruder (id int)")).rejects.toThrow(/permission denied/);
    await expect(client.query("SET ROLE countervail_owner")).rejects.toThrow(/permission denied/);
    await expect(client.query("SET ROLE countervail_audit")).rejects.toThrow(/permission denied/);
  });
});

test("after migrating, the audit group may no longer make objects", async () => {
  await withConnection(database.adminUrl, async (client) => {
    const { rows } = await client.query("SELECT has_schema_privilege('countervail_audit', 'public', 'CREATE') AS may");
    expect(rows).toEqual([{ may: false }]);
  });
});
