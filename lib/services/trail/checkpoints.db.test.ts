import { generateKeyPairSync } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as engagementNote } from "@/app/api/v1/engagements/[engagementId]/events/checkpoint/route";
import { GET as organisationNote } from "@/app/api/v1/organisation/events/checkpoint/route";
import { organisationLog } from "@/lib/auth/events";
import { withConnection } from "@/lib/db/connect";
import { utf8 } from "@/lib/domain/proof/bytes";
import { originOf, parseCheckpoint, signCheckpoint } from "@/lib/domain/proof/checkpoint";
import { recordSigningKeys } from "@/lib/services/keys/record-signing-keys";
import {
  readEngagementCheckpoint,
  readOrganisationCheckpoint,
  requestCheckpoint,
} from "@/lib/services/trail/checkpoints";
import { verifyEngagementTrail } from "@/lib/services/trail/verify-trail";
import { rawPublicKey, sha256, signEd25519 } from "@/lib/signing/node-crypto";
import { makeEngagement } from "@/test/engagement";
import { browserOf, serve } from "@/test/requests";
import type { TestSigner } from "@/test/signer";
import { World } from "@/test/world";

let world: World;
let signer: TestSigner;
let engagementId: string;
let log: string;
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
  log = organisationLog(world.organisationId("entity"));
});
afterAll(() => world.close());

const state = async () => readEngagementCheckpoint(await world.as("lead"), engagementId);
const verify = async () => verifyEngagementTrail(await world.as("lead"), engagementId);
/** Works as a superuser for whom no trigger runs. */
const meddle = (work: (sql: pg.Client) => Promise<unknown>) =>
  withConnection(world.stored.adminUrl, async (sql) => {
    await sql.query("SET session_replication_role = replica");
    await work(sql);
  });

describe("without a signer", () => {
  it("the trail is there, and says that no checkpoint can be made and since when one is missing", async () => {
    world.pass({ minutes: 2 });
    const found = await state();
    expect(found).toMatchObject({ checkpoint: null, signer: "away", reason: null });
    const first = await world.behind.prisma.auditEvent.findFirstOrThrow({ where: { logId: log, seq: 0n } });
    expect(found.overdueSince).toBe(first.at.toISOString());
    expect(await verify()).toMatchObject({ holds: true, checkpoint: null });
  });

  it("what has to be signed is answered with 503 in plain words", async () => {
    await expect(requestCheckpoint(world.alone(), log)).rejects.toMatchObject({ code: "unavailable" });
    serve(world.database, () => world.now);
    const reply = await (await browserOf(world, "lead"))(engagementNote, { params: { engagementId } });
    expect(reply.status).toBe(503);
    expect(await reply.text()).toContain("the signer does not answer");
  });
});

describe("with a signer", () => {
  beforeAll(async () => {
    signer = await world.startSigner();
    await recordSigningKeys(world.alone());
  });

  it("a checkpoint covers everything until the next event, and says how many have come since", async () => {
    await world.as("lead");
    const { size, keyId, at } = await requestCheckpoint(world.alone(), log);
    expect(await state()).toEqual({
      checkpoint: { size, keyId, at },
      eventsSince: 0,
      overdueSince: null,
      signer: "answers",
      reason: null,
    });
    await world.signedIn("lead");
    world.pass({ seconds: 50 });
    expect(await state()).toMatchObject({ checkpoint: { size }, eventsSince: 1, overdueSince: null });
    world.pass({ seconds: 15 });
    expect((await state()).overdueSince).not.toBeNull();
    await signer.look();
    expect(await state()).toMatchObject({ checkpoint: { size: size + 1 }, eventsSince: 0, overdueSince: null });
  });

  it("the firm's own trail has checkpoints of its own", async () => {
    const own = await readOrganisationCheckpoint(await world.as("firmAdmin"));
    const entity = await readOrganisationCheckpoint(await world.as("admin"));
    expect(own.checkpoint?.size).not.toBe(entity.checkpoint?.size);
  });

  it("the note is handed out as it was signed, and to nobody outside", async () => {
    serve(world.database, () => world.now);
    const { note } = await requestCheckpoint(world.alone(), log);
    const reply = await (await browserOf(world, "qsa"))(engagementNote, { params: { engagementId } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(reply.headers.get("cache-control")).toBe("no-store");
    const text = await reply.text();
    expect(text).toBe(note);
    const read = parseCheckpoint(utf8(text));
    expect(read.ok && read.value.origin).toMatch(new RegExp(`^countervail/[0-9a-f-]{36}/${log}$`));
    const foreign = await (await browserOf(world, "stranger"))(engagementNote, { params: { engagementId } });
    expect(foreign.status).toBe(404);
    const own = await (await browserOf(world, "admin"))(organisationNote);
    expect(own.status).toBe(200);
    expect((await (await browserOf(world, "lead"))(organisationNote)).status).toBe(403);
  });

  it("a verification computes the tree anew and checks the signature, also by the recorded keys", async () => {
    await requestCheckpoint(world.alone(), log);
    const found = await verify();
    expect(found).toMatchObject({ holds: true, problem: null, checkpoint: { holds: true, signature: "valid" } });
    await signer.stop();
    expect((await verify()).checkpoint?.signature).toBe("valid");
    await signer.restart();
  });

  it("a history that was chained anew shows on its checkpoint, and the signer says why it refuses", async () => {
    await requestCheckpoint(world.alone(), log);
    await meddle(async (sql) => {
      await sql.query("CREATE TABLE kept_events AS SELECT * FROM audit_event");
      await sql.query("CREATE TABLE kept_heads AS SELECT * FROM audit_head");
      await sql.query(
        "UPDATE audit_event SET payload = replace(payload, '\"v\":1', '\"v\": 1') WHERE log_id = $1 AND seq = 1",
        [log],
      );
      await sql.query(`DO $$
        DECLARE prev bytea := sha256(convert_to('COUNTERVAIL-AUDIT-GENESIS:${log}', 'UTF8')); one record;
        BEGIN
          FOR one IN SELECT * FROM audit_event WHERE log_id = '${log}' ORDER BY seq LOOP
            UPDATE audit_event SET prev_hash = prev,
              entry_hash = sha256('\\x00'::bytea || int8send(one.seq) || prev || sha256(convert_to(one.payload, 'UTF8')))
              WHERE log_id = '${log}' AND seq = one.seq RETURNING entry_hash INTO prev;
          END LOOP;
          UPDATE audit_head SET head = prev WHERE log_id = '${log}';
        END $$`);
    });
    const found = await verify();
    expect(found).toMatchObject({ holds: false, checkpoint: { holds: false, signature: "valid" } });
    expect(found.problem).toMatch(
      /^The first \d+ events are not those that were signed: the history was written anew\.$/,
    );
    await signer.look();
    expect(await state()).toMatchObject({
      signer: "refuses",
      reason: expect.stringContaining("written anew") as unknown,
    });
    await meddle(async (sql) => {
      await sql.query("DELETE FROM audit_event WHERE log_id = $1", [log]);
      await sql.query("INSERT INTO audit_event SELECT * FROM kept_events WHERE log_id = $1", [log]);
      await sql.query("DELETE FROM audit_head WHERE log_id = $1", [log]);
      await sql.query("INSERT INTO audit_head SELECT * FROM kept_heads WHERE log_id = $1", [log]);
      await sql.query("DROP TABLE kept_events, kept_heads");
    });
    await rm(join(signer.folder, "refused"), { recursive: true });
    await signer.restart();
    expect(await verify()).toMatchObject({ holds: true });
  });

  it("a checkpoint by a key of somebody else's is not believed", async () => {
    const { size, root, note } = await requestCheckpoint(world.alone(), log);
    const { privateKey } = generateKeyPairSync("ed25519");
    const { id } = await world.behind.prisma.serviceIdentity.findFirstOrThrow();
    const checkpoint = { origin: originOf(id, log), size, root: new Uint8Array(Buffer.from(root, "hex")) };
    const forged = await signCheckpoint(
      checkpoint,
      rawPublicKey(privateKey),
      (message) => signEd25519(message, privateKey),
      sha256,
    );
    const put = (text: string) =>
      meddle((sql) =>
        sql.query("UPDATE audit_checkpoint SET note = $3 WHERE log_id = $1 AND size = $2", [log, size, text]),
      );
    await put(forged);
    expect(await verify()).toMatchObject({
      holds: false,
      problem: "The newest checkpoint was not signed by a key of this service.",
      checkpoint: { signature: "invalid" },
    });
    await put(note);
    expect(await verify()).toMatchObject({ holds: true });
  });
});
