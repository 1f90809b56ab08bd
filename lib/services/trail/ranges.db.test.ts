import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeEvent } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import { type KeeperStore, openKeeperStore } from "@/lib/keeper/store";
import { verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { World } from "@/test/world";

let world: World;
let owner: Database;
let store: KeeperStore;
beforeAll(async () => {
  world = await World.make();
  owner = openDatabase(world.stored.ownerUrl, "any");
  store = openKeeperStore(world.stored.keeperUrl);
  // The database goes by its own clock for when a month has ended.
  for (let at = 0; at < 25; at += 1) await append(new Date(Date.now() - 62 * 86_400_000));
});
afterAll(async () => {
  await store.close();
  await owner.close();
  await world.close();
});

const asSuperuser = <T>(work: (sql: pg.Client) => Promise<T>) => withConnection(world.stored.adminUrl, work);
const count = async (sql: string): Promise<number> =>
  asSuperuser(async (client) => Number((await client.query<{ count: string }>(sql)).rows[0]?.count));
const verify = () => verifyWholeTrail({ ...world.alone(), database: owner });
const append = (at: Date) =>
  asSystem(world.alone(), "test", async (tx) => {
    tx.record(makeEvent("system", at, null, { action: "trail.viewed", requestId: "test" }));
  });

describe("the ranges of the trail", () => {
  const ranges = () =>
    asSuperuser(async (sql) => {
      const { rows } = await sql.query<{ low: string | null; high: string | null }>(
        "SELECT lower_bound AS low, upper_bound AS high FROM audit_ranges()",
      );
      return rows.map(({ low, high }) => [low, high]);
    });

  it("are cut once a month has ended, while others write, and an event always has one", async () => {
    expect(await ranges()).toEqual([[null, null]]);
    const [changed] = await Promise.all([store.cut(), append(new Date()), append(new Date())]);
    expect(changed).toBe(1);
    const [[, cut] = []] = await ranges();
    expect(await ranges()).toEqual([
      [null, cut],
      [cut, null],
    ]);
    expect(Number(cut)).toBeGreaterThan(20);
    expect(await store.cut()).toBe(0);
    // A chain that is longer than the others goes on in the open range; quiet ones stay in the first.
    for (let at = 0; at < Number(cut); at += 1) await append(new Date());
    expect(await count("SELECT count(*) FROM audit_event WHERE log_id = 'system'")).toBeGreaterThan(Number(cut) - 5);
    expect(await store.cut()).toBe(0);
    expect((await verify()).findings).toEqual([]);
    await asSuperuser(async (sql) => {
      await expect(sql.query("DELETE FROM audit_event")).rejects.toMatchObject({ code: "42501" });
      await expect(sql.query("TRUNCATE audit_event")).rejects.toMatchObject({ code: "42501" });
      await expect(sql.query(`TRUNCATE countervail_trail.audit_event_${cut}`)).rejects.toMatchObject({ code: "42501" });
    });
  });

  it("are joined to the first one when they are empty", async () => {
    await asSuperuser(async (sql) => {
      await sql.query("SET session_replication_role = replica");
      const { rows } = await sql.query<{ cut: string }>("SELECT max(seq) + 1 AS cut FROM audit_event");
      const [{ cut = "" } = {}] = rows;
      const [, [low] = []] = await ranges();
      await sql.query(`ALTER TABLE audit_event DETACH PARTITION countervail_trail.audit_event_${low}`);
      await sql.query(
        `ALTER TABLE audit_event ATTACH PARTITION countervail_trail.audit_event_${low} FOR VALUES FROM (${low}) TO (${cut})`,
      );
      await sql.query(
        `CREATE TABLE countervail_trail.audit_event_${cut} PARTITION OF audit_event FOR VALUES FROM (${cut}) TO (MAXVALUE)`,
      );
      await sql.query(`ALTER TABLE countervail_trail.audit_event_${cut} OWNER TO countervail_audit`);
      await sql.query(`CREATE TEMP TABLE held AS SELECT * FROM audit_event WHERE seq >= ${low}`);
      await sql.query(`DELETE FROM audit_event WHERE seq >= ${low}`);
      expect(await store.cut()).toBe(1);
      expect(await ranges()).toEqual([
        [null, cut],
        [cut, null],
      ]);
      await sql.query("INSERT INTO audit_event SELECT * FROM held");
    });
    expect((await verify()).findings).toEqual([]);
  });
});
