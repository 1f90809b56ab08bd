import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { openArchive } from "@/lib/domain/pack/archive";
import { activeKey } from "@/lib/domain/proof/key-set";
import { makeLogoFile } from "@/lib/render/picture/logo-file";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { estimate } from "@/lib/services/export/estimate-export";
import { gatherPack, type PackStretch, packGathering } from "@/lib/services/export/gather-pack";
import { readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import { afterPause } from "@/lib/services/export/run-export";
import { readOwnLogoFile } from "@/lib/services/organisation/logo";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { signOff } from "@/lib/services/review/sign-off";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { blobKey } from "@/lib/storage/blob-store";
import { dropDraft, receiveDraft } from "@/lib/storage/draft";
import { inflateByNode, openFile } from "@/lib/verifier/node-archive";
import { verifyFile } from "@/lib/verifier/program";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { bodyOf, makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, meanwhile, type TestWorkshop } from "@/test/exports";
import { CAMERA_JPEGS, CAMERA_WORDS } from "@/test/fixtures/jpeg-files";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { inspectPdf, inspectSeal } from "@/test/pdf-tools";
import type { TestSigner } from "@/test/signer";
import { toolAvailable } from "@/test/tools";
import { type Person, World } from "@/test/world";

let bundles: BundleFolder;
let world: World;
let signer: TestSigner;
let files: TestFiles;
let workshop: TestWorkshop;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  signer = await world.startSigner();
  files = await makeTestFiles();
  workshop = await makeWorkshop(world, files.store);
  engagementId = await makeEngagement(world);
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await world.close();
  await files.remove();
  await workshop.remove();
  await bundles.remove();
});
beforeEach(() => world.pass({ hours: 1 }));

async function exported(by: Person, name: string): Promise<string> {
  const { id, state, note } = await workshop.make(by, engagementId, { kind: "pack" });
  if (state !== "done") throw new Error(note);
  const path = join(bundles.path, name);
  copyFileSync(workshop.fileOf(id), path);
  return path;
}

async function filesOf(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const file = await openFile(path);
  const archive = await openArchive(file, inflateByNode);
  if (!archive.ok) throw new Error(archive.error);
  const found = new Map<string, Uint8Array>();
  for (const one of archive.value.paths) {
    const read = await archive.value.read(one);
    if (read.ok) found.set(one, read.value);
  }
  await file.close();
  return found;
}

async function root(): Promise<string> {
  return activeKey(await signer.keySet(), "root")?.id ?? "";
}

const verify = async (pack: string, given: { root?: string; older?: string } = {}) =>
  verifyFile({ pack, root: given.root ?? null, older: given.older ?? null }, world.now);

it("has nothing to prove before anything was decided", async () => {
  await expect(exported("lead", "none.zip")).rejects.toMatchObject({ code: "blocked" });
});

it("makes a pack that outsiders verify, goes on from the one before, and breaks with the first changed byte", async () => {
  const sheet = await openSheet(world, engagementId, "8.3.4");
  await write(world, sheet, SAMPLE_SECTIONS);
  const { id } = await addEvidence(await world.as("contributor"), sheet, {
    section: "validation",
    itemId: null,
    title: "Drill of the lock",
    url: "https://wiki.entity.example/drill",
    shows: "",
    collectedOn: "2026-11-20",
    validUntil: null,
  });
  const trace = {
    name: "trace – №7.log",
    body: bodyOf("locked\nunlocked\n"),
    announced: null,
    acknowledgeCardNumber: false,
  };
  await uploadFile(await world.as("contributor"), files, id, trace);
  await makeMove(await world.as("lead"), sheet, { move: "submit", reason: "" });
  const thread = { section: null, itemId: null, visibility: "shared", body: "Łódź: agreed." } as const;
  await openThread(await world.as("qsa"), sheet, thread);
  await sign(world, sheet);
  const draft = await openSheet(world, engagementId, "8.3.6");

  const left = await world.eventsOf(async () => exported("qsa", "first.zip"));
  expect(left.map(({ action }) => action)).toEqual(["export.requested", "pack.sealed"]);
  expect(left.map(({ by }) => by)).toEqual(["qsa", "qsa"]);
  const first = join(bundles.path, "first.zip");
  const trusted = { root: await root() };
  const report = await verify(first, trusted);
  expect(report.checks.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(report.verdict).toBe("valid");
  expect((await verify(first)).verdict).toBe("incomplete");
  expect((await verify(first, { root: "0".repeat(64) })).verdict).not.toBe("valid");
  expect(JSON.stringify(report)).toContain(draft);

  const content = await filesOf(first);
  expect([...content.keys()].filter((path) => /^keys\/seal-[0-9a-f]{64}\.pem$/.test(path))).toHaveLength(1);
  const pdfs = [...content].filter(([path]) => path.endsWith(".pdf"));
  expect(pdfs).toHaveLength(1);
  for (const [, bytes] of toolAvailable("pdfsig") ? pdfs : []) {
    expect(inspectSeal(bytes)).toMatchObject({ valid: true, whole: true });
  }

  // A refusal and a revocation later, the next pack goes on from the first.
  const other = await submitSheet(world, engagementId, "8.3.9");
  await sign(world, other);
  await signOff(await world.steppedUp("qsa"), other, { kind: "revoke", reason: "Another system's evidence." });
  await makeMove(await world.steppedUp("lead"), other, { move: "reopen", reason: "" });
  const second = await exported("lead", "second.zip");
  const extended = await verify(second, { ...trusted, older: first });
  expect(extended.checks.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(extended.verdict).toBe("valid");
  expect((await verify(first, { ...trusted, older: second })).verdict).not.toBe("valid");

  const bytes = readFileSync(await exported("qsa", "third.zip"));
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const changed = join(bundles.path, "changed.zip");
  writeFileSync(changed, bytes);
  expect((await verify(changed, trusted)).verdict).toBe("invalid");
});

it("is of one instant: what is decided while it is gathered is neither in it nor on its pages", async () => {
  const sheet = await submitSheet(world, engagementId, "8.3.7");
  await sign(world, sheet);
  const run = await workshop.begin("qsa", engagementId, { kind: "pack", paper: "Letter" });
  const gathered = await gatherPack(
    run,
    meanwhile(packGathering(run), async () => {
      await signOff(await world.steppedUp("qsa"), sheet, { kind: "revoke", reason: "Seen too late." });
    }),
  );
  expect(gathered.plan.worksheets.find(({ id }) => id === sheet)?.statements).toHaveLength(1);
  // The worker is killed here, and another one goes on.
  await workshop.run(run.row.id);
  expect((await verify(workshop.fileOf(run.row.id), { root: await root() })).verdict).toBe("valid");
  const files = await filesOf(workshop.fileOf(run.row.id));
  const [page] = [...files].filter(([path]) => path.includes(sheet) && path.endsWith(".pdf"));
  const { text } = inspectPdf(Buffer.from(page?.[1] ?? []));
  expect(text).toContain("Signed on");
  for (const later of ["Seen too late", "revoked"]) expect(text).not.toContain(later);
});

it("ends by the number of the worksheet that cannot be drawn, with the reason, and leaves nothing", async () => {
  const run = await workshop.begin("lead", engagementId, { kind: "pack", paper: "Letter" });
  const { stretches } = await gatherPack(run);
  const path = run.folder.pathOf(stretches[0] ?? "");
  const stretch = JSON.parse(readFileSync(path, "utf8")) as PackStretch;
  const spoilt = stretch.revisions.map((one) => ({
    ...one,
    job: { ...one.job, model: { ...one.job.model, evidence: null } },
  }));
  writeFileSync(path, JSON.stringify({ ...stretch, revisions: spoilt }));
  await workshop.run(run.row.id);
  const { state, note, file } = await readExport(await world.as("lead"), run.row.id);
  expect({ state, file }).toEqual({ state: "failed", file: null });
  expect(note).toMatch(/^Worksheet 8\.3\.4, “.+”, revision 1, cannot be drawn: .+\. Whoever runs the service/);
  expect(existsSync(run.folder.path)).toBe(false);
});

it("ends before anything is drawn when its files are more than a pack can hold, with what to do", async () => {
  const run = await workshop.begin("lead", engagementId, { kind: "pack", paper: "Letter" });
  // As it was found whole in the store: nobody writes five gigabytes for this.
  const recording = { sha256: "ab".repeat(32), size: 5_000_000_000, name: "a.mp4", type: "video/mp4", key: "ab" };
  await run.folder.json("evidence.json", () => ({ evidence: [recording], omissions: [] }));
  await run.folder.bytes("pdf", () => Buffer.from("Nothing can be laid into what is no folder."));
  await workshop.run(run.row.id);
  const { state, note } = await readExport(await world.as("lead"), run.row.id);
  expect({ state, note }).toEqual({
    state: "failed",
    note: expect.stringMatching(/4 GB.*evidence have 5\.00 GB.*All data/),
  });
  expect(existsSync(run.folder.path)).toBe(false);
});

it("ends before anything is drawn when it would have more files than a pack can, which the estimate warns of", async () => {
  const run = await workshop.begin("lead", engagementId, { kind: "pack", paper: "Letter" });
  const digests = Array.from({ length: 50_000 }, (_, index) => index.toString(16).padStart(64, "0"));
  const evidence = digests.map((sha256) => ({ sha256, size: 9, name: "a.txt", type: "text/plain", key: sha256 }));
  await run.folder.json("evidence.json", () => ({ evidence, omissions: [] }));
  await run.folder.bytes("pdf", () => Buffer.from("Nothing can be laid into what is no folder."));
  await workshop.run(run.row.id);
  const { state, note } = await readExport(await world.as("lead"), run.row.id);
  const words = /would have 50,\d{3} files, 50,000 of them evidence, .*more than 50,000\. .*All data/;
  expect({ state, note }).toEqual({ state: "failed", note: expect.stringMatching(words) });

  // What is estimated is what packs of this engagement have: draft evidence is no part of it.
  const made = await exported("lead", "counted.zip");
  const all = [...(await filesOf(made))];
  const told = await estimate(await world.as("lead"), engagementId, {
    ...{ kind: "pack", paper: "A4", conformance: "PDF/UA-1" },
  });
  expect(told.worksheets).toBe(all.filter(([path]) => path.endsWith(".pdf")).length);
  expect(Math.abs((told.files ?? 0) - all.length)).toBeLessThan(10);
});

it.each([
  ["removed", null],
  ["changed", "as it is."],
  ["cut", "as it"],
])("says that a file of evidence was %s while it was made, and that another pack does without", async (what, left) => {
  const run = await workshop.begin("lead", engagementId, { kind: "pack", paper: "Letter" });
  const sha256 = createHash("sha256").update("as it was").digest("hex");
  const key = blobKey(world.organisationId("entity"), Buffer.alloc(32), sha256);
  // As it was found whole in the store.
  await run.folder.json("evidence.json", () => ({
    evidence: [{ sha256, size: 9, name: "a.txt", type: "text/plain", key }],
    omissions: [],
  }));
  if (left !== null) {
    const draft = await receiveDraft(files.draftFolder, bodyOf(left), files.limits);
    await files.store.put(key, draft, { replace: true });
    await dropDraft(draft);
  }
  await workshop.run(run.row.id);
  const { state, note } = await readExport(await world.as("lead"), run.row.id);
  expect({ state, note }, what).toEqual({
    state: "failed",
    note: expect.stringMatching(/^A file of evidence .*Ask for it again/),
  });
});

it("has of a logo that was stored as it came the picture alone, on its pages as where it is handed out", async () => {
  const taken = Buffer.from(CAMERA_JPEGS.baseline, "base64");
  const picture = Buffer.from(makeLogoFile(taken, taken.length).picture);
  const stored = createHash("sha256").update(taken).digest("hex");
  // As a version left it that kept the whole file: no use case does any more.
  const behind = (sql: string) =>
    withConnection(world.stored.adminUrl, (client) => client.query(`SET session_replication_role = replica; ${sql}`));
  await behind(`INSERT INTO organisation_logo (organisation_id, picture, type, alt, width, height, sha256, updated_by_id, updated_at)
    VALUES ('${world.organisationId("entity")}', decode('${taken.toString("hex")}', 'hex'), 'image/jpeg', 'A crane', 24, 18,
      '${stored}', '${world.userId("admin")}', now())`);
  const lead = await world.as("lead");
  const pdfs = [...(await filesOf(await exported("lead", "logo.zip")))].filter(([path]) => path.endsWith(".pdf"));
  expect(pdfs.length).toBeGreaterThan(0);
  for (const bytes of [...pdfs.map(([, pdf]) => Buffer.from(pdf)), (await readOwnLogoFile(lead)).bytes]) {
    expect(bytes.includes(picture)).toBe(true);
    for (const word of CAMERA_WORDS) expect(bytes.includes(word), word).toBe(false);
  }
  for (const word of CAMERA_WORDS) expect(taken.includes(word), word).toBe(true);
  await behind("DELETE FROM organisation_logo");
});

it("is refused to those who may not export, and waits for a signer that is away", async () => {
  await expect(exported("stranger", "x.zip")).rejects.toMatchObject({ code: "not_found" });
  await expect(exported("observer", "x.zip")).rejects.toMatchObject({ code: "forbidden" });
  await signer.stop();
  const waiting = await workshop.make("qsa", engagementId, { kind: "pack" });
  expect(waiting).toMatchObject({
    state: "queued",
    note: expect.stringContaining("signer does not answer"),
    file: null,
  });
  // It waits from when it first had to, whatever went before, and not for ever.
  const late = await requestExport(await world.as("lead"), engagementId, { kind: "pack" });
  const look = async () => readExport(await world.as("lead"), late.id);
  const tried = async (hours: number) => {
    world.pass({ hours });
    await workshop.run(late.id);
    return look();
  };
  const away = expect.stringContaining("signer does not answer");
  expect(await tried(9)).toMatchObject({ state: "queued", note: away });
  expect(await tried(5)).toMatchObject({ state: "queued", note: away });
  // A worker that is off over night does not wait.
  await afterPause(world.alone());
  expect(await tried(9)).toMatchObject({ state: "queued", note: away });
  expect(await tried(7)).toMatchObject({ state: "failed", note: away });
  await signer.restart();
  await workshop.run(waiting.id);
  expect((await verify(workshop.fileOf(waiting.id), { root: await root() })).verdict).toBe("valid");
});
