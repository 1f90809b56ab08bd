import { randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { withDatabase } from "@/lib/db/addresses";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migration-files";
import { auditMayCreate } from "@/lib/db/roles";
import { verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { makeEngagement, submitSheet } from "@/test/engagement";
import { World } from "@/test/world";

let world: World;
let owner: Database;
beforeAll(async () => {
  world = await World.make();
  owner = openDatabase(world.stored.ownerUrl, "any");
  const engagementId = await makeEngagement(world);
  await submitSheet(world, engagementId, "8.3.4");
});
afterAll(async () => {
  await owner.close();
  await world.close();
});

const verify = () => verifyWholeTrail({ ...world.alone(), database: owner });
/** Somebody for whom no trigger runs; what was done is undone by the way back. */
async function meddled<T>(there: string, back: string, look: () => Promise<T>): Promise<T> {
  const run = (sql: string) =>
    withConnection(world.stored.adminUrl, async (client) => {
      await client.query("SET session_replication_role = replica");
      expect((await client.query(sql)).rowCount, sql).toBe(1);
    });
  await run(there);
  const seen = await look();
  await run(back);
  return seen;
}

describe("the operator's verifier", () => {
  it("finds nothing where nobody came between, and covers every row", async () => {
    const report = await verify();
    expect(report).toMatchObject({ findings: [], uncovered: new Map() });
    expect(report.chains).toBeGreaterThan(2);
    expect(report.rows).toBe(await countProtected());
  });

  it("names what was changed, removed or brought in behind the trail, and the event that tells of it", async () => {
    const logId = organisationLog(world.organisationId("entity"));
    const { id, reason } = await world.behind.prisma.transition.findFirstOrThrow();
    const where = `WHERE id = '${id}'`;
    const event = { logId, seq: expect.any(BigInt), table: "worksheet_transition", id };
    const set = (text: string) => `UPDATE worksheet_transition SET reason = '${text}' ${where}`;
    const changed = await meddled(set("Another one."), set(reason), verify);
    expect(changed.findings).toMatchObject([{ ...event, words: expect.stringContaining("changed behind the trail") }]);
    const kept = `kept_${randomBytes(4).toString("hex")}`;
    await withConnection(world.stored.adminUrl, (client) =>
      client.query(`CREATE TABLE private_${kept} AS SELECT * FROM worksheet_transition ${where}`),
    );
    const gone = await meddled(
      `DELETE FROM worksheet_transition ${where}`,
      `INSERT INTO worksheet_transition SELECT * FROM private_${kept}`,
      verify,
    );
    expect(gone.findings).toMatchObject([{ ...event, words: expect.stringContaining("is gone") }]);
    const copy = randomUUID();
    const added = await meddled(
      `INSERT INTO worksheet_transition
       SELECT (jsonb_populate_record(t, jsonb_build_object('id', '${copy}'))).* FROM worksheet_transition t ${where}`,
      `DELETE FROM worksheet_transition WHERE id = '${copy}'`,
      verify,
    );
    expect(added.findings).toMatchObject([
      { table: "worksheet_transition", id: copy, words: expect.stringContaining("no event") },
    ]);
  });

  it("finds what is stored beside the payloads and says something else", async () => {
    const logId = organisationLog(world.organisationId("entity"));
    const at = `log_id = '${logId}' AND seq = 3`;
    const event = (to: string) => `UPDATE audit_event SET action = '${to}' WHERE ${at}`;
    const { action } = await world.behind.prisma.auditEvent.findFirstOrThrow({ where: { logId, seq: 3n } });
    const column = await meddled(event("trail.viewed"), event(action), verify);
    expect(column.findings).toMatchObject([{ logId, seq: 3n, words: expect.stringContaining("action") }]);
    const { rowId } = await world.behind.prisma.auditChange.findFirstOrThrow({ where: { tableName: "section" } });
    const note = (to: string) => `UPDATE audit_change SET state = ${to} WHERE row_id = '${rowId}' AND number = 1`;
    const { state } = await world.behind.prisma.auditChange.findFirstOrThrow({ where: { rowId, number: 1 } });
    const row = await meddled(note("NULL"), note(`'${state}'`), verify);
    expect(row.findings).toMatchObject([{ logId, table: "section", id: rowId }]);
    const moved = `UPDATE audit_event SET seq = seq - 1000 WHERE log_id = '${logId}' AND seq`;
    const outside = await meddled(`${moved} = 5`, `UPDATE audit_event SET seq = 5 WHERE seq < 0`, verify);
    expect(outside.findings.map(({ words }) => words).join()).toMatch(
      /Event 5 is missing.*1 events are stored outside/,
    );
  });

  it("is the owner's, who sees states and no content", async () => {
    const ask = (url: string) => withConnection(url, (client) => client.query("SELECT * FROM audit_row_states()"));
    await expect(ask(world.stored.appUrl)).rejects.toMatchObject({ code: "42501" });
    await withConnection(world.stored.appUrl, async (client: pg.Client) => {
      for (const kind of ["scoped", "organisation", "identity", "system", "public"]) {
        await client.query(`SET ROLE countervail_${kind}`);
        for (const sql of [
          "SELECT * FROM audit_row_states()",
          "SELECT * FROM audit_pending",
          "SELECT * FROM audit_shape",
        ]) {
          await expect(client.query(sql), `${kind}: ${sql}`).rejects.toMatchObject({ code: "42501" });
        }
      }
    });
    const { rows } = await ask(world.stored.ownerUrl);
    expect(rows.every(({ states }) => states.every((state: string) => /^[0-9a-f]{64}$/.test(state)))).toBe(true);
    const read = await withConnection(world.stored.ownerUrl, (client) => client.query("SELECT * FROM comment"));
    expect(read.rows).toEqual([]);
  });
});

describe("what guards the tables", () => {
  // A migration that brings a table or a column calls audit_protect.
  it("is found where it was switched off, taken away or made to count less", async () => {
    const deeds: readonly [string, string, string][] = [
      [
        "ALTER TABLE comment DISABLE TRIGGER comment_audited",
        "ALTER TABLE comment ENABLE TRIGGER comment_audited",
        "require_event",
      ],
      [
        "ALTER TABLE comment DISABLE TRIGGER comment_audit_state",
        "ALTER TABLE comment ENABLE TRIGGER comment_audit_state",
        "keep_state",
      ],
      ["ALTER TABLE comment ADD COLUMN extra text", "ALTER TABLE comment DROP COLUMN extra", "extra"],
      [
        "INSERT INTO audit_shape VALUES ('comment', 2, 'id', '{id}')",
        "DELETE FROM audit_shape WHERE table_name = 'comment' AND shape = 2",
        "body",
      ],
    ];
    await withConnection(world.stored.adminUrl, async (client) => {
      for (const [there, back, word] of deeds) {
        await client.query(there);
        const { findings } = await verify();
        await client.query(back);
        expect(new Set(findings.map(({ table }) => table)), there).toEqual(new Set(["comment"]));
        expect(findings.map(({ words }) => words).join(), there).toContain(word);
      }
    });
    expect((await verify()).findings).toEqual([]);
  });
});

describe("a database of an earlier version", () => {
  it("is brought over: its rows count as not covered until they change", async () => {
    const server = inject("testServer");
    const name = `test_${randomBytes(8).toString("hex")}`;
    const ownerUrl = withDatabase(server.ownerUrl, name);
    await withConnection(server.adminUrl, (client) => client.query(`CREATE DATABASE ${name} OWNER countervail_owner`));
    const [old, then] = [openDatabase(ownerUrl, "any"), openDatabase(withDatabase(server.adminUrl, name), "any")];
    try {
      const scripts = await readMigrations();
      await withConnection(ownerUrl, (client) =>
        auditMayCreate(client, () =>
          migrate(
            ownerUrl,
            scripts.filter((script) => script.name < "0011"),
          ),
        ),
      );
      const [id, gone] = [randomUUID(), randomUUID()];
      await withConnection(withDatabase(server.adminUrl, name), (client) => putAsBefore(client, id, gone));
      await migrate(ownerUrl);
      const context: ServiceContext = { ...world.alone(), database: old };
      const before = await verifyWholeTrail(context);
      expect(before).toMatchObject({ findings: [], rows: 0, uncovered: new Map([["organisation", 1]]) });
      await asSystem({ ...context, database: then }, "test", async (tx) => {
        await tx.db.$executeRaw`SET LOCAL ROLE postgres`;
        await tx.db.organisation.update({ where: { id }, data: { name: "Another name" } });
        const changes = [{ table: "organisation", id }];
        tx.record({ logId: "system", changes, payload: { v: 1, at: tx.now.toISOString(), action: "test" } });
      });
      expect(await verifyWholeTrail(context)).toMatchObject({ findings: [], rows: 1, uncovered: new Map() });
    } finally {
      await old.close();
      await then.close();
      await withConnection(server.adminUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    }
  });
});

/** A row that came and one that came and went, with the events of the version before. */
async function putAsBefore(client: pg.Client, id: string, gone: string): Promise<void> {
  const append = (changes: readonly object[]) =>
    client.query("SELECT audit_append('system', $1, $2)", [
      JSON.stringify({ v: 1, at: "2026-11-24T09:00:00.000Z", action: "organisation.created", changes }),
      JSON.stringify(changes),
    ]);
  await client.query("BEGIN");
  await client.query("SELECT set_config('countervail.tx_token', gen_random_uuid()::text, true)");
  await client.query(
    "INSERT INTO organisation (id, kind, name) VALUES ($1, 'entity', 'Kept'), ($2, 'entity', 'Gone')",
    [id, gone],
  );
  await append([id, gone].map((one) => ({ table: "organisation", id: one })));
  await client.query("DELETE FROM organisation WHERE id = $1", [gone]);
  await append([{ table: "organisation", id: gone }]);
  await client.query("COMMIT");
}

function countProtected(): Promise<number> {
  return withConnection(world.stored.adminUrl, async (client) => {
    const { rows } = await client.query<{ table: string }>("SELECT DISTINCT table_name AS table FROM audit_shape");
    let all = 0;
    for (const { table } of rows) all += (await client.query(`SELECT FROM ${table}`)).rowCount ?? 0;
    return all;
  });
}
