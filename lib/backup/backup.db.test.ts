import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { afterAll, beforeAll, expect, it } from "vitest";
import { organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { withConnection } from "@/lib/db/connect";
import { openDatabase } from "@/lib/db/database";
import { makeToken } from "@/lib/services/account/own-tokens";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { requireNoGap } from "@/lib/services/gap/gap-state";
import { listRecordedGaps } from "@/lib/services/gap/recorded-gaps";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { askForKeys } from "@/lib/services/trail/compare-checkpoint";
import { NO_SEGMENTS } from "@/lib/services/trail/verify-segments";
import { verifyOrganisationTrail } from "@/lib/services/trail/verify-trail";
import { verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { makeWebhook } from "@/lib/services/webhooks/manage-webhooks";
import { testWebhook } from "@/lib/services/webhooks/webhook-deliveries";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { recordGapAt } from "@/scripts/record-gap";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { bodyOf } from "@/test/evidence-files";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { Original, Site } from "@/test/restored";
import { type Person, World } from "@/test/world";
import { checkBackup } from "./restore";
import { requireWholeData } from "./restoring";

let world: World;
let original: Original;
let fresh: TestDatabase;
let site: Site;
let backup: Awaited<ReturnType<Original["backUp"]>>;
let [signed, waiting, draft] = ["", "", ""];
let evidenceKey = "";
beforeAll(async () => {
  world = await World.make();
  original = await Original.make(world);
  const engagementId = await makeEngagement(world);
  signed = await openSheet(world, engagementId, "8.3.4");
  await write(world, signed, SAMPLE_SECTIONS);
  const piece = { section: "validation", itemId: null, title: "Drill", url: "", shows: "", validUntil: null } as const;
  const { id } = await addEvidence(await world.as("contributor"), signed, { ...piece, collectedOn: "2026-11-20" });
  const body = bodyOf("locked\nunlocked\n".repeat(50_000));
  const file = { name: "trace.log", body, announced: null, acknowledgeCardNumber: false };
  await uploadFile(await world.as("contributor"), original.files, id, file);
  await makeMove(await world.as("lead"), signed, { move: "submit", reason: "" });
  await sign(world, signed);
  waiting = await submitSheet(world, engagementId, "8.3.9");
  const hook = {
    url: "https://hooks.invalid/",
    description: "",
    eventTypes: ["worksheet.created" as const],
    engagementId,
  };
  const webhook = await makeWebhook(await world.steppedUp("admin"), hook);
  draft = await openSheet(world, engagementId, "8.3.6");
  await testWebhook(await world.steppedUp("admin"), webhook.id);
  await makeToken(await world.steppedUp("lead"), { name: "CI", scope: "read", engagementIds: null, days: 90 });
  await original.grow(2, 2);
  backup = await original.backUp("backup", "keys");
  const [blob] = await world.behind.prisma.blob.findMany();
  evidenceKey = blob?.key ?? "";
  fresh = await makeTestDatabase();
  site = await Site.make(world, fresh, join(original.folder, "new", "signer"));
});
afterAll(async () => {
  await site.close();
  await original.remove();
  await fresh.drop();
  await world.close();
});

/** The rows of each table, as a superuser sees them. */
async function counts(url: string): Promise<Record<string, number>> {
  return withConnection(url, async (sql) => {
    const { rows } = await sql.query<{ name: string; count: number }>(
      `SELECT relname::text AS name, (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', relname), false, true, '')))[1]::text::int AS count
       FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
    );
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  });
}

const inspect = async (url: string, source = NO_SEGMENTS) => {
  const database = openDatabase(url, "any");
  return verifyWholeTrail({ ...world.alone(), database }, source).finally(() => database.close());
};

it("copies every row of every table, although its owner may read none, and no private key", async () => {
  const { _prisma_migrations, audit_pending, ...all } = await counts(world.stored.adminUrl);
  const copied = backup.report.manifest.tables.map(({ name, rows }) => [name, rows] as const);
  expect(Object.fromEntries(copied)).toEqual(all);
  expect(all).toMatchObject({ credential: expect.any(Number), sign_off: 1, evidence_file: 1, blob: 1 });
  expect(_prisma_migrations).toBe(backup.report.manifest.migrations.length);
  expect(audit_pending).toBe(0);
  expect(backup.report).toMatchObject({ blobs: { named: 1, broken: [] }, keys: 4, hasSigner: true });

  const names = await readdir(backup.folder, { recursive: true });
  expect(
    names.filter((name) => /(?<!certificates\/seal-[0-9a-f]+|certificates\/[0-9a-f]+)\.pem$|kek|secrets/.test(name)),
  ).toEqual([]);
  expect(names).toContain(`blobs/${evidenceKey}`);
  for (const name of names.filter((one) => one.endsWith(".json"))) {
    expect(await readFile(join(backup.folder, name), "utf8")).not.toContain("PRIVATE KEY");
  }
  const keys = backup.keysFolder ?? "";
  for (const folder of [backup.folder, keys]) expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(keys, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) expect((await stat(join(name.parentPath, name.name))).mode & 0o777).toBe(0o600);
  }
});

it("leaves nothing that looks like a backup when it is broken off, and writes over none", async () => {
  await expect(original.backUp("backup")).rejects.toThrow("is there already");
  await expect(original.backUp("other", "other/keys")).rejects.toThrow("outside of the backup");
  const places = { signerFolder: original.signerFolder, kekFile: "none" };
  const broken = original.backUp.bind({ ...original, ...places, files: { store: brokenStore() } });
  await expect(broken("broken")).rejects.toThrow("The disk is gone.");
  expect((await readdir(original.folder)).filter((name) => /other|broken/.test(name))).toEqual([]);
});

function brokenStore() {
  const { store } = original.files;
  const open = () => Promise.reject(new Error("The disk is gone."));
  return { ...store, open };
}

it("is refused by the name of a part that is missing, changed, or not of it", async () => {
  const names = (await readdir(backup.folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(backup.folder.length + 1));
  for (const name of names) {
    const path = join(backup.folder, name);
    const bytes = await readFile(path);
    const changed = Buffer.from(bytes);
    if (changed.length > 0) {
      changed[Math.floor(changed.length / 2)] = (changed[Math.floor(changed.length / 2)] ?? 0) ^ 1;
      await writeFile(path, changed);
      await expect(checkBackup(backup.folder), name).rejects.toThrow(name);
    }
    await rm(path);
    await expect(checkBackup(backup.folder), name).rejects.toThrow(name);
    await writeFile(path, bytes);
  }
  await writeFile(join(backup.folder, "database", "more.copy"), "1\n");
  await expect(checkBackup(backup.folder)).rejects.toThrow("database/more.copy");
  await rm(join(backup.folder, "database", "more.copy"));
  await checkBackup(backup.folder);
});

it("comes back whole into a new database, and into no other", async () => {
  const busy = await Site.make(world, world.stored, join(original.folder, "busy", "signer"));
  await expect(busy.restore(backup.folder)).rejects.toThrow("in use already");
  await requireWholeData(busy.files.root);
  await busy.close();

  const report = await site.restore(backup.folder, backup.keysFolder);
  await expect(requireWholeData(site.files.root), "before its end").rejects.toThrow("interrupted");
  expect(report).toMatchObject({ blobs: { named: 1, broken: [] }, keys: 4 });
  const { service_gap, ...there } = await counts(fresh.adminUrl);
  const before = await counts(world.stored.adminUrl);
  const told = { audit_event: (before.audit_event ?? 0) + 1, audit_change: (before.audit_change ?? 0) + 3 };
  expect({ ...there, service_gap: 0 }).toEqual({ ...before, ...told });
  expect(service_gap).toBe(1);
  const serving = "SELECT FROM api_token WHERE revoked_at IS NULL";
  expect(await withConnection(fresh.adminUrl, async (sql) => (await sql.query(serving)).rowCount)).toBe(0);
  // What was in line for webhooks, a test too, was sent since by the service that was lost.
  const line =
    "SELECT m.type, m.state, w.is_on, w.off_reason FROM webhook_message m JOIN webhook_endpoint w ON w.id = endpoint_id ORDER BY seq";
  const off = { state: "skipped", is_on: false, off_reason: "restored" };
  expect(await withConnection(fresh.adminUrl, async (sql) => (await sql.query(line)).rows)).toEqual([
    { type: "worksheet.created", ...off },
    { type: "webhook.test", ...off },
  ]);
  const trail = await inspect(fresh.ownerUrl);
  expect(trail.findings).toEqual([]);
  expect(trail.events).toBe(told.audit_event);
  await expect(site.restore(backup.folder), "again, after an interruption").resolves.toMatchObject({ keys: 0 });
  expect((await counts(fresh.adminUrl)).service_gap).toBe(1);
});

it("signs nothing until the gap is recorded, while people read and write; then it goes on", async () => {
  await site.withSigner(async () => {
    await expect(requireNoGap(site.at(world.alone()))).rejects.toMatchObject({ code: "unavailable" });
    const { digest, statementVersion } = await getStatement(await site.as("qsa"), waiting);
    const signing = { kind: "sign", digest, statementVersion } as const;
    await expect(signOff(await site.as("qsa"), waiting, signing)).rejects.toMatchObject({ code: "unavailable" });
    const opened = await makeMove(await site.as("lead"), waiting, { move: "withdraw", reason: "One word more." });
    expect(opened.state).toBe("withdrawn");
    await write(elsewhere(), draft, SAMPLE_SECTIONS);
    await expect(
      makeMove(await site.as("lead"), signed, { move: "reopen", reason: "" }),
      "no reopening",
    ).rejects.toMatchObject({ code: "unavailable" });
    // Its folder came back with the database, so nothing is missing for the signer: it asks for the mark itself.
    const { signer } = site.at(world.alone());
    expect((await signer.health())?.refused).toEqual([]);
    const pack = { type: "countervail.pack.v1", service: (await signer.health())?.service, made: world.now };
    const statement = () =>
      signer.statement("application/vnd.countervail.pack.v1+json", Buffer.from(canonicalize(pack) ?? ""));
    await expect(statement()).rejects.toThrow("refuses");
    await expect(signer.seal(Buffer.alloc(32))).rejects.toThrow("refuses");
    for (const way of [
      "UPDATE service_gap SET recorded_at = now()",
      "SELECT record_gap(gen_random_uuid(), now(), '')",
    ]) {
      const lift = withConnection(fresh.appUrl, async (sql) => {
        await sql.query("SET ROLE countervail_system");
        await sql.query(way);
      });
      await expect(lift, way).rejects.toMatchObject({ code: "42501" });
    }
    const place = { signerFolder: site.signerFolder, ...fresh, clock: () => world.now };
    const { record } = await recordGapAt(place, "The disk of the database broke.", "ops");
    expect(record.chains.map(({ logId, signed: lost }) => [logId, lost])).toContainEqual([SYSTEM_LOG, null]);
    await expect(recordGapAt(place, "Again.", "ops")).rejects.toThrow("There is no gap");
    await expect(statement()).resolves.toMatchObject({ keyid: expect.any(String) });
  });
  await site.withSigner(async () => {
    await requireNoGap(site.at(world.alone()));
    await makeMove(await site.as("lead"), signed, { move: "reopen", reason: "" });
  });
  expect((await inspect(fresh.ownerUrl)).findings).toEqual([]);
});

it("tells a record that the signer signed from one that nobody did", async () => {
  await site.withSigner(async () => {
    const admin = await site.as("admin");
    const keys = await askForKeys(admin);
    const wordsOf = async () => {
      const { findings } = await inspect(fresh.ownerUrl, { ...NO_SEGMENTS, keys });
      return findings.map(({ words }) => words).join(" ");
    };
    expect(await wordsOf()).toBe("");
    expect(await inspect(fresh.ownerUrl)).toMatchObject({ gaps: 1, findings: [] });
    expect(await verifyOrganisationTrail(admin)).toMatchObject({ holds: true, gaps: [{ signature: "valid" }] });
    expect(await listRecordedGaps(admin)).toMatchObject([{ signature: "valid" }]);
    await withConnection(fresh.adminUrl, async (sql) => {
      await sql.query("SET session_replication_role = replica");
      const { rows } = await sql.query<{ id: string; record: string }>("SELECT id, record FROM service_gap");
      const [{ id = "", record = "" } = {}] = rows;
      const { payload, ...rest } = JSON.parse(record) as { payload: string };
      const said = Buffer.from(payload, "base64").toString().replace("The disk of the database broke.", "Nothing.");
      const forged = canonicalize({ ...rest, payload: Buffer.from(said).toString("base64") });
      await sql.query("UPDATE service_gap SET record = $2 WHERE id = $1", [id, forged]);
    });
    expect(await wordsOf()).toMatch(/has no record that was signed by a key of this service/);
    expect(await wordsOf()).toMatch(/of system tells of a gap that no signed record tells of/);
    // Without keys nobody knows who signed; that the events say something else is found all the same.
    expect((await inspect(fresh.ownerUrl)).findings.map(({ words }) => words).join(" ")).toMatch(
      /is recorded, and no event of the system says the same/,
    );
    expect(await verifyOrganisationTrail(admin)).toMatchObject({
      holds: false,
      problem: expect.stringMatching(/no record that a key of this service signed/),
      gaps: [{ signature: "invalid" }],
    });
  });
});

/** The same people with their requests at the restored installation. */
function elsewhere(): World {
  return Object.create(world, { as: { value: (person: Person) => site.as(person) } }) as World;
}

it("is known to be older than what was signed, whichever way it came back, until an operator has said so", async () => {
  const log = organisationLog(world.organisationId("entity"));
  const size = async (url: string) =>
    withConnection(url, async (sql) => {
      const { rows } = await sql.query("SELECT size FROM audit_head WHERE log_id = $1", [log]);
      return Number((rows[0] as { size: string } | undefined)?.size);
    });
  const then = await size(world.stored.adminUrl);
  await original.grow(3, 1);
  const older = await makeTestDatabase();
  const there = await Site.make(world, older, await original.signerNow());
  try {
    await there.restore(backup.folder);
    // As a tool of somebody else would leave it, without our mark.
    await withConnection(older.adminUrl, async (sql) => {
      await sql.query("SET session_replication_role = replica");
      await sql.query("UPDATE service_gap SET recorded_at = now()");
    });
    await there.withSigner(async () => {
      const { signer } = there.at(world.alone());
      const payload = new TextEncoder().encode("{}");
      await expect(signer.statement("application/vnd.countervail.pack.v1+json", payload)).rejects.toThrow("refuses");
      expect((await signer.health())?.refused.map(({ chain }) => chain)).toEqual(
        expect.arrayContaining([log, SYSTEM_LOG]),
      );
      await expect(requireNoGap(there.at(world.alone()))).rejects.toThrow("older");
      // One that was revoked since the copy would serve again.
      await withConnection(older.adminUrl, async (sql) => {
        await sql.query("SET session_replication_role = replica");
        await sql.query(`INSERT INTO api_token (id, user_id, name, token_hash, scope, everywhere, engagement_ids, created_at, expires_at)
          SELECT gen_random_uuid(), id, 'old', 'hash', 'read', true, '{}', now(), now() + interval '1 day' FROM app_user LIMIT 1`);
      });
      await recordGapAt({ signerFolder: there.signerFolder, ...older, clock: () => world.now }, "An old copy.", "ops");
      const serving = await withConnection(older.adminUrl, (sql) =>
        sql.query("SELECT FROM api_token WHERE revoked_at IS NULL"),
      );
      expect(serving.rowCount).toBe(0);
      await requireNoGap(there.at(world.alone()));
      const checkpoint = await signer.checkpoint(log);
      expect(checkpoint.size).toBe(then + 1);
    });
    const kept = JSON.parse(
      await readFile(join(there.signerFolder, "gaps/000001/trees", `${log.replace(":", "-")}.json`), "utf8"),
    );
    expect(kept.last.size).toBe(then + 3);
    const event = await withConnection(older.adminUrl, async (sql) => {
      const { rows } = await sql.query("SELECT payload FROM audit_event WHERE log_id = $1 ORDER BY seq DESC LIMIT 1", [
        log,
      ]);
      return JSON.parse((rows[0] as { payload: string }).payload);
    });
    expect(event).toMatchObject({
      action: "service.gap_recorded",
      detail: {
        reason: "An old copy.",
        operator: "ops",
        chains: [{ logId: log, signed: { size: then + 3 }, size: then }],
      },
    });
  } finally {
    await there.close();
    await older.drop();
  }
});
