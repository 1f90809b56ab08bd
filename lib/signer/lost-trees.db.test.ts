import { rm } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { withConnection } from "@/lib/db/connect";
import type { TestSigner } from "@/test/signer";
import { World } from "@/test/world";
import { Trees } from "./trees";

let world: World;
let signer: TestSigner;
let log: string;
beforeAll(async () => {
  world = await World.make();
  signer = await world.startSigner();
  log = organisationLog(world.organisationId("elsewhere"));
});
afterAll(() => world.close());

const addEvent = () =>
  asSystem(world.alone(), "test", async (tx) => {
    tx.record(makeEvent(log, tx.now, null, { action: "trail.viewed", requestId: "test" }));
  });

/** Everybody has signed checkpoints, and then the signer's copies are gone. */
beforeEach(async () => {
  await addEvent();
  await addEvent();
  await signer.client.checkpoint(log);
});

async function loseTrees(): Promise<void> {
  await signer.stop();
  await rm(join(signer.folder, "trees"), { recursive: true });
  await signer.restart();
}

const refusal = async (): Promise<string> => {
  await expect(signer.client.checkpoint(log)).rejects.toMatchObject({ code: "unavailable" });
  return (await signer.client.health())?.refused.find(({ chain }) => chain === log)?.reason ?? "";
};
/** What recording a gap does for the signer. */
const letBegin = async () => {
  await rm(join(signer.folder, "trees", `${log.replace(":", "-")}.json`), { force: true });
  await new Trees(signer.folder).allowBegin(log, world.now);
  await signer.forgetRefusals();
};
const asSuperuser = (work: (sql: pg.Client) => Promise<unknown>) =>
  withConnection(world.stored.adminUrl, async (sql) => {
    await sql.query("SET session_replication_role = replica");
    await work(sql);
  });

describe("a signer whose copies are gone", () => {
  it("does not begin anew by itself, and with an operator's word goes on from what it signed", async () => {
    const before = await signer.client.checkpoint(log);
    await loseTrees();
    expect(await refusal()).toMatch(
      /^The signer has no copy of this chain, of which \d+ events were signed: .*record-gap/,
    );
    await signer.restart();
    expect(await refusal()).toMatch(/has no copy/);
    await letBegin();
    await addEvent();
    const after = await signer.client.checkpoint(log);
    expect(after.size).toBe(before.size + 1);
    expect((await signer.client.health())?.refused.some(({ chain }) => chain === log)).toBe(false);
    // The word held once.
    await loseTrees();
    expect(await refusal()).toMatch(/has no copy/);
    await letBegin();
    await signer.client.checkpoint(log);
  });

  it("signs no history that does not extend the newest checkpoint, whatever the operator says", async () => {
    await asSuperuser(async (sql) => {
      await sql.query("CREATE TABLE held AS SELECT * FROM audit_event WHERE log_id = $1", [log]);
      await sql.query(`DO $$
        DECLARE prev bytea := sha256(convert_to('COUNTERVAIL-AUDIT-GENESIS:${log}', 'UTF8')); one record;
        BEGIN
          UPDATE audit_event SET payload = replace(payload, 'viewed', 'forged') WHERE log_id = '${log}' AND seq = 0;
          FOR one IN SELECT * FROM audit_event WHERE log_id = '${log}' ORDER BY seq LOOP
            UPDATE audit_event SET prev_hash = prev,
              entry_hash = sha256('\\x00'::bytea || int8send(one.seq) || prev || sha256(convert_to(one.payload, 'UTF8')))
              WHERE log_id = '${log}' AND seq = one.seq RETURNING entry_hash INTO prev;
          END LOOP;
          UPDATE audit_head SET head = prev WHERE log_id = '${log}';
        END $$`);
    });
    await loseTrees();
    await refusal();
    await letBegin();
    expect(await refusal()).toMatch(/are not those that were signed: the history was written anew/);
    await asSuperuser(async (sql) => {
      await sql.query("DELETE FROM audit_event WHERE log_id = $1", [log]);
      await sql.query("INSERT INTO audit_event SELECT * FROM held");
      await sql.query(
        "UPDATE audit_head SET head = (SELECT entry_hash FROM held ORDER BY seq DESC LIMIT 1) WHERE log_id = $1",
        [log],
      );
    });
    await letBegin();
    await expect(signer.client.checkpoint(log)).resolves.toMatchObject({ logId: log });
  });

  it("takes no checkpoint that none of its keys signed for one to begin from", async () => {
    await asSuperuser((sql) =>
      sql.query("UPDATE audit_checkpoint SET note = replace(note, '— ', '— x') WHERE log_id = $1", [log]),
    );
    await loseTrees();
    await refusal();
    await letBegin();
    expect(await refusal()).toMatch(/was not signed by a key of this signer/);
    await asSuperuser((sql) =>
      sql.query("UPDATE audit_checkpoint SET note = replace(note, '— x', '— ') WHERE log_id = $1", [log]),
    );
    await letBegin();
    await expect(signer.client.checkpoint(log)).resolves.toMatchObject({ logId: log });
  });

  it("begins again after a restore of an older state, once an operator says so", async () => {
    const { size } = await signer.client.checkpoint(log);
    await addEvent();
    await signer.client.checkpoint(log);
    await asSuperuser(async (sql) => {
      await sql.query("DELETE FROM audit_checkpoint WHERE log_id = $1 AND size > $2", [log, size]);
      await sql.query("DELETE FROM audit_event WHERE log_id = $1 AND seq >= $2", [log, size]);
      await sql.query(
        "UPDATE audit_head SET size = $2, head = (SELECT entry_hash FROM audit_event WHERE log_id = $1 AND seq = $2::bigint - 1) WHERE log_id = $1",
        [log, size],
      );
    });
    expect(await refusal()).toMatch(/had \d+ events when it was signed last/);
    await letBegin();
    await expect(signer.client.checkpoint(log)).resolves.toMatchObject({ size });
  });
});
