import { chmodSync, copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { backUp } from "@/lib/backup/back-up";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import { segmentPath } from "@/lib/domain/audit/segment";
import { activeKey } from "@/lib/domain/proof/key-set";
import { type Archive, archiveTrail, expireTrail } from "@/lib/keeper/archive";
import { SegmentFiles } from "@/lib/keeper/segment-files";
import { type KeeperStore, openKeeperStore } from "@/lib/keeper/store";
import { readEngagementArchived, readOrganisationArchived } from "@/lib/services/trail/archived-part";
import { readEngagementTrail } from "@/lib/services/trail/read-trail";
import { verifyEngagementTrail } from "@/lib/services/trail/verify-trail";
import { verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { verifyFile } from "@/lib/verifier/program";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { makeEngagement, sign, submitSheet } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, type TestWorkshop } from "@/test/exports";
import type { TestSigner } from "@/test/signer";
import { World } from "@/test/world";

/** The database goes by its own clock for how old events are, so the story begins that long ago (days). */
const BEGIN = 410;
const DAY = 86_400_000;

let bundles: BundleFolder;
let world: World;
let owner: Database;
let signer: TestSigner;
let files: TestFiles;
let workshop: TestWorkshop;
let segments: SegmentFiles;
let store: KeeperStore;
let engagementId = "";
let log = "";
beforeAll(async () => {
  world = await World.make(new Date(Date.now() - BEGIN * DAY).toISOString());
  owner = openDatabase(world.stored.ownerUrl, "any");
  signer = await world.startSigner();
  files = await makeTestFiles();
  workshop = await makeWorkshop(world, files.store);
  store = openKeeperStore(world.stored.keeperUrl);
  engagementId = await makeEngagement(world);
  log = organisationLog(world.organisationId("entity"));
  bundles = await makeBundleFolder();
  segments = new SegmentFiles(join(bundles.path, "archive"));
});
afterAll(async () => {
  await store.close();
  await owner.close();
  await world.close();
  await files.remove();
  await workshop.remove();
  await bundles.remove();
});

const archive = (): Archive => ({ store, files: segments, signer: world.signer, clock: () => world.now });
const asSuperuser = <T>(work: (sql: pg.Client) => Promise<T>) => withConnection(world.stored.adminUrl, work);
const count = async (sql: string): Promise<number> =>
  asSuperuser(async (client) => Number((await client.query<{ count: string }>(sql)).rows[0]?.count));

async function verify() {
  return verifyWholeTrail(
    { ...world.alone(), database: owner },
    {
      readEvents: (name) => segments.readEvents(name),
      readDocument: (name) => segments.readDocument(name),
      keys: (await signer.keySet()).keys,
    },
  );
}

async function exported(name: string): Promise<string> {
  const { id, state, note } = await workshop.make("qsa", engagementId, { kind: "pack" });
  if (state !== "done") throw new Error(note);
  const path = join(bundles.path, name);
  copyFileSync(workshop.fileOf(id), path);
  return path;
}

/** Changes the trail as somebody for whom no trigger runs, looks, and puts everything back. */
async function meddled(sql: string, look = verify) {
  return asSuperuser(async (client) => {
    await client.query("SET session_replication_role = replica");
    const tables = ["audit_segment", "audit_kept", "audit_change", "disposition"];
    for (const table of tables) await client.query(`CREATE TEMP TABLE was_${table} AS SELECT * FROM ${table}`);
    expect((await client.query(sql)).rowCount, sql).toBeGreaterThan(0);
    const seen = await look();
    for (const table of tables) {
      await client.query(`DELETE FROM ${table}`);
      await client.query(`INSERT INTO ${table} SELECT * FROM was_${table}`);
    }
    return seen.findings.map(({ words }) => words).join(" ");
  });
}

describe("archiving", () => {
  let older = "";
  let events = 0;

  it("moves what is old and covered by a checkpoint into a signed file, leaves an event, and proves as before", async () => {
    await sign(world, await submitSheet(world, engagementId, "8.3.4"));
    older = await exported("older.zip");
    await signer.look();
    world.pass({ days: 2 });
    const before = await verify();
    expect(before.findings).toEqual([]);
    events = before.events;

    const made = await archiveTrail(archive(), 3);
    expect(made.segments).toBe(2);
    expect(made.events).toBeGreaterThan(20);
    // The last event that a checkpoint covers stays, and so does what came after it.
    const left = await count(`SELECT count(*) FROM audit_event WHERE log_id = '${log}' AND action <> 'trail.archived'`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(6);

    const after = await verify();
    expect(after).toMatchObject({ findings: [], segments: made.segments, expired: 0, rows: before.rows });
    expect(after.events).toBe(events + made.segments);
    const archived = await readEngagementArchived(await world.as("lead"), engagementId);
    expect(await readOrganisationArchived(await world.as("admin"))).toEqual(archived);
    expect(archived).toMatchObject({ expired: 0, since: expect.any(String) });
    expect(await verifyEngagementTrail(await world.as("lead"), engagementId, 7)).toMatchObject({
      holds: true,
      archived: archived.events,
      checkpoint: { holds: true, signature: "valid" },
    });
    const { items } = await readEngagementTrail(await world.as("lead"), engagementId, { limit: 200 });
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ seq }) => seq >= archived.events)).toBe(true);
  });

  it("leaves packs as provable as before: decisions of archived times are in them, and they go on from older ones", async () => {
    const newer = await exported("newer.zip");
    const root = activeKey(await signer.keySet(), "root")?.id ?? "";
    const report = await verifyFile({ pack: newer, root, older }, world.now);
    expect(report.checks.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(report.verdict).toBe("valid");
  });

  it("is one chain with what is at hand, for a signer that begins anew as well", async () => {
    await signer.look();
    await signer.stop();
    renameSync(join(signer.folder, "trees"), join(signer.folder, "lost"));
    await signer.restart();
    await expect(signer.client.checkpoint(log)).rejects.toMatchObject({ code: "unavailable" });
    await signer.stop();
    rmSync(join(signer.folder, "trees"), { recursive: true });
    rmSync(join(signer.folder, "refused"), { recursive: true });
    renameSync(join(signer.folder, "lost"), join(signer.folder, "trees"));
    await signer.restart();
    await expect(signer.client.checkpoint(log)).resolves.toMatchObject({ logId: log });
  });

  it("takes no event that is younger, not covered, or the last, and does nothing twice", async () => {
    await expect(archiveTrail(archive(), 2)).rejects.toThrow(/three months/);
    await archiveTrail(archive(), 3);
    // What was the last event until the one about archiving came.
    await archiveTrail(archive(), 3);
    expect(await archiveTrail(archive(), 3)).toEqual({ segments: 0, events: 0 });
    for (let at = 0; at < 3; at++) {
      await asSystem(world.alone(), "test", async (tx) => {
        tx.record(makeEvent(log, new Date(), null, { action: "trail.viewed", requestId: "test" }));
      });
    }
    await signer.look();
    await archiveTrail(archive(), 3);
    expect(
      await count(`SELECT count(*) FROM audit_event WHERE log_id = '${log}' AND at > now() - interval '1 day'`),
    ).toBe(3);
    expect((await verify()).findings).toEqual([]);
  });

  it("names a segment that is missing, was changed, or is recorded as something else", async () => {
    const [first] = (await store.segments()).filter(({ chain }) => chain === log);
    if (!first) throw new Error("There is no segment.");
    const path = join(bundles.path, "archive", `${segmentPath(first)}.jsonl`);
    const told = new RegExp(`The segment of ${log} from event 0 to ${first.to - 1}`);
    renameSync(path, `${path}.away`);
    expect((await verify()).findings[0]?.words).toMatch(told);
    expect((await verify()).findings[0]?.words).toMatch(/is missing/);
    const text = readFileSync(`${path}.away`, "utf8");
    writeFileSync(path, text.replace('"v":1', '"v":2'));
    expect((await verify()).findings.map(({ words }) => words)).toEqual([
      expect.stringMatching(/was changed: the content of event 0 is not what was recorded/),
    ]);
    rmSync(path);
    renameSync(`${path}.away`, path);
    const document = join(bundles.path, "archive", `${segmentPath(first)}.dsse.json`);
    const signed = readFileSync(document, "utf8");
    chmodSync(document, 0o600);
    writeFileSync(document, signed.replace('"sig":"', '"sig":"AAAA'));
    expect((await verify()).findings[0]?.words).toMatch(/another signed document/);
    writeFileSync(document, signed);
    expect((await verify()).findings).toEqual([]);

    const where = `WHERE log_id = '${log}' AND from_seq = 0`;
    const flip = (column: string, at: number) =>
      `UPDATE audit_segment SET ${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1) ${where}`;
    expect(await meddled(flip("entry_hashes", 40))).toMatch(/event 1 is not what was recorded/);
    expect(await meddled(flip("payload_hashes", 40))).toMatch(/event 1 is not what was recorded/);
    expect(await meddled(flip("prev_hash", 4))).toMatch(/does not follow/);
    expect(await meddled(`UPDATE audit_segment SET sha256 = repeat('0', 64) ${where}`)).toMatch(/other figures/);
    expect(
      await meddled(`UPDATE audit_segment SET envelope = replace(envelope, '"sig":"', '"sig":"AAAA') ${where}`),
    ).toMatch(/not signed by a key of this service/);
    expect(await meddled(`DELETE FROM audit_segment ${where}`)).toMatch(
      /segment of \S+ from event 0 on is not recorded/,
    );
    expect(await meddled("UPDATE audit_kept SET action = 'worksheet.opened'")).toMatch(/kept with a column action/);
    expect(await meddled("UPDATE audit_kept SET payload = replace(payload, 'x', 'y')")).toMatch(/another content/);
    expect(await meddled("UPDATE audit_kept SET prev_hash = entry_hash")).toMatch(/kept with other hashes/);
    expect(await meddled("UPDATE audit_kept SET entry_hash = prev_hash")).toMatch(/kept with other hashes/);
    expect(await meddled("DELETE FROM audit_kept")).toMatch(/was to stay at hand/);
    expect(await meddled(`UPDATE audit_segment SET last_at = last_at - interval '1 day' ${where}`)).toMatch(
      /another time of its last event/,
    );
    // A mark alone would hide that somebody has removed the file.
    expect(await meddled(`UPDATE audit_segment SET expired = true ${where}`)).toMatch(
      /marked as given up, and no event says so/,
    );
    expect(await meddled("UPDATE disposition SET note = 'unseen'")).toMatch(/changed behind the trail/);
  });

  it("lets nobody remove an event otherwise, and the keeper nothing that is not as signed", async () => {
    await asSuperuser(async (sql) => {
      for (const attempt of [
        `DELETE FROM audit_event WHERE log_id = '${log}'`,
        "DELETE FROM audit_segment",
        "TRUNCATE audit_kept",
      ]) {
        await expect(sql.query(attempt), attempt).rejects.toMatchObject({ code: "42501" });
      }
      const set = "UPDATE audit_segment SET sha256 = '' WHERE from_seq = 0";
      await expect(sql.query(set)).rejects.toMatchObject({ code: "42501" });
    });
    await withConnection(world.stored.keeperUrl, async (sql) => {
      for (const table of ["audit_event", "audit_segment", "audit_change", "organisation"]) {
        await expect(sql.query(`SELECT * FROM ${table}`), table).rejects.toMatchObject({ code: "42501" });
      }
      await expect(sql.query("SELECT audit_append('system', '{}')")).rejects.toMatchObject({ code: "42501" });
      await expect(sql.query("SET ROLE countervail_audit")).rejects.toMatchObject({ code: "42501" });
      await expect(sql.query("SELECT count(*) FROM keeper_read($1, 0, 100000)", [log])).resolves.toMatchObject({
        rowCount: 1,
      });
    });
    // A signer that signs something else than what is stored: the database computes it anew and takes nothing.
    const honest = archive();
    const wrong: Archive = {
      ...honest,
      store: {
        ...store,
        read: async (...asked) =>
          (await store.read(...asked)).map((event) => ({ ...event, payload: event.payload.replace('"v":1', '"v":2') })),
      },
    };
    const before = await count("SELECT count(*) FROM audit_event");
    for (let at = 0; at < 2; at++) {
      await asSystem(world.alone(), "test", async (tx) => {
        tx.record(
          makeEvent(organisationLog(world.organisationId("firm")), tx.now, null, {
            action: "trail.viewed",
            requestId: "test",
          }),
        );
      });
    }
    await signer.look();
    await expect(archiveTrail(wrong, 3)).rejects.toThrow(/cannot be archived/);
    // And a file that says something else than was signed, whoever made it.
    const other: Archive = {
      ...honest,
      store: {
        ...store,
        archive: (chain, envelope, event) => {
          const { payload, ...rest } = JSON.parse(envelope) as { payload: string };
          const told = JSON.parse(Buffer.from(payload, "base64").toString()) as { to: number };
          const changed = { ...told, sha256: "0".repeat(64) };
          const forged = Buffer.from(JSON.stringify(changed)).toString("base64");
          return store.archive(chain, JSON.stringify({ ...rest, payload: forged }), event);
        },
      },
    };
    await expect(archiveTrail(other, 3)).rejects.toThrow(/is not what is stored/);
    expect(await count("SELECT count(*) FROM audit_event")).toBe(before + 2);
  });
});

describe("giving segments up", () => {
  /** Does something while a backup has seen what is archived and has not copied its files. */
  async function beside(work: () => Promise<void>): Promise<void> {
    await asSuperuser(async (sql) => {
      await sql.query("BEGIN; LOCK TABLE worksheet");
      const places = { signerFolder: signer.folder, kekFile: "", archiveFolder: join(bundles.path, "archive") };
      const job = { folder: join(bundles.path, "backup"), keysFolder: undefined, store: files.store, ...places };
      const backup = backUp({ ...job, ownerUrl: world.stored.ownerUrl });
      await vi.waitFor(async () => {
        const { rowCount } = await sql.query(
          "SELECT FROM pg_locks WHERE relation = 'worksheet'::regclass AND NOT granted",
        );
        expect(rowCount).toBe(1);
      });
      await work();
      await sql.query("COMMIT");
      await backup;
    });
    const events = (await store.segments()).map((segment) => `${segmentPath(segment)}.jsonl`);
    const copied = readdirSync(join(bundles.path, "backup", "archive"), { recursive: true }).map(String);
    expect(copied).toEqual(expect.arrayContaining(events));
  }

  it("is refused below a year, leaves younger ones, and what follows verifies from what was signed of them", async () => {
    world.pass({ days: 200 });
    await sign(world, await submitSheet(world, engagementId, "8.3.9"));
    await signer.look();
    await archiveTrail(archive(), 3);
    const before = await verify();
    expect(before.findings).toEqual([]);
    const now = { store, files: segments, clock: () => new Date() };
    await expect(expireTrail(now, 0)).rejects.toThrow(/a year at least/);
    const giveUp = () => store.alone("giving up", () => expireTrail(now, 1));
    await beside(async () => {
      await expect(giveUp()).rejects.toThrow(/backup is made/);
    });
    const over = await giveUp();
    expect(over.segments).toBeGreaterThan(2);
    expect(await giveUp()).toEqual({ segments: 0, events: 0 });
    const after = await verify();
    expect(after).toMatchObject({ findings: [], expired: over.events, rows: before.rows, segments: before.segments });
    expect(await verifyEngagementTrail(await world.as("lead"), engagementId)).toMatchObject({ holds: true });
    expect((await readEngagementArchived(await world.as("lead"), engagementId)).expired).toBeGreaterThan(0);
    const told = await count("SELECT count(*) FROM audit_event WHERE action = 'trail.expired'");
    expect(told).toBeGreaterThan(1);

    expect(await meddled("UPDATE audit_segment SET expired = false")).toMatch(/was given up, and is not marked so/);
    // Which copies stay, and when the last event was, is bound by what was signed, now that the texts are gone.
    const first = `log_id = '${log}' AND seq < ${(await store.segments()).find(({ chain }) => chain === log)?.to}`;
    expect(await meddled(`DELETE FROM audit_kept WHERE ${first} AND action = 'worksheet.signed'`)).toMatch(
      /was to stay at hand, and does not/,
    );
    expect(await meddled("UPDATE audit_segment SET last_at = last_at - interval '1 day' WHERE expired")).toMatch(
      /another time of its last event/,
    );
    // What the texts told of rows is bound by what was signed, now that they are gone.
    expect(
      await meddled("UPDATE audit_change SET state = repeat('0', 64) WHERE seq < 20 AND state IS NOT NULL"),
    ).toMatch(/told other things of rows/);
    expect(await meddled("UPDATE disposition SET note = 'unseen'")).toMatch(/changed behind the trail/);
    const packed = await exported("last.zip");
    const root = activeKey(await signer.keySet(), "root")?.id ?? "";
    expect((await verifyFile({ pack: packed, root, older: join(bundles.path, "older.zip") }, world.now)).verdict).toBe(
      "valid",
    );
  });
});
