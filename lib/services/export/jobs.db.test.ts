import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actorOfApiToken } from "@/lib/auth/api-token";
import { LockLost } from "@/lib/db/advisory-locks";
import { DOCX_TYPE } from "@/lib/domain/export/file-types";
import { MOST_ATTEMPTS, MOST_OPEN } from "@/lib/domain/export/states";
import { makeToken, revokeOwnToken } from "@/lib/services/account/own-tokens";
import { removeMember } from "@/lib/services/engagement/manage-members";
import { endExport, listOwnExports, openExport, readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import { runExport } from "@/lib/services/export/run-export";
import { sweepExports } from "@/lib/services/export/tend-exports";
import { OutOfTime } from "@/lib/services/export/thread-failure";
import { setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { makeEngagement, sign, submitSheet } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, type TestWorkshop } from "@/test/exports";
import { packageFindings, textOfWord, unpackOffice } from "@/test/office-tools";
import { type Person, World } from "@/test/world";

let bundles: BundleFolder;
let world: World;
let files: TestFiles;
let workshop: TestWorkshop;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  files = await makeTestFiles();
  workshop = await makeWorkshop(world, files.store);
  engagementId = await makeEngagement(world);
  await sign(world, await submitSheet(world, engagementId, "8.3.4"));
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await world.close();
  await files.remove();
  await workshop.remove();
  await bundles.remove();
});
beforeEach(() => world.pass({ hours: 1 }));

const ask = async (by: Person, wanted: Parameters<typeof requestExport>[2], where = engagementId) =>
  requestExport(await world.as(by), where, wanted);
const look = async (by: Person, id: string) => readExport(await world.as(by), id);
const end = async (by: Person, id: string) => endExport(await world.as(by), id);
const take = async (by: Person, id: string) => openExport(await world.as(by), workshop.exports.folder, id);
const actions = async (work: () => Promise<unknown>) => (await world.eventsOf(work)).map(({ action }) => action);

describe("asking for an export", () => {
  it("gives whoever asks again the one that is open, and everybody their own", async () => {
    const first = await ask("lead", { kind: "workbook" });
    expect(first).toMatchObject({ state: "queued", kind: "workbook", paper: "A4", file: null, partsTotal: 0 });
    expect(await ask("lead", { kind: "workbook", paper: "A4" })).toEqual(first);
    const other = await ask("qsa", { kind: "workbook" });
    expect(other.id).not.toBe(first.id);
    for (const person of ["qsa", "observer", "stranger"] as const) {
      await expect(look(person, first.id), person).rejects.toMatchObject({ code: "not_found" });
      await expect(end(person, first.id), person).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(look("lead", other.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await listOwnExports(await world.as("lead"), engagementId)).items.map(({ id }) => id)).toEqual([first.id]);
    expect(await actions(() => end("lead", first.id))).toEqual(["export.cancelled"]);
    await end("qsa", other.id);
  });

  it("stays in the list of whoever asked, page by page", async () => {
    const lead = await world.as("lead");
    const whole = (await listOwnExports(lead, engagementId, { limit: 200 })).items.map(({ id }) => id);
    for (const kind of ["workbook", "document", "workbook"] as const) {
      const { id } = await ask("lead", { kind });
      await end("lead", id);
      whole.unshift(id);
    }
    const found: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listOwnExports(lead, engagementId, { cursor: cursor ?? undefined, limit: 2 });
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toEqual(whole);
    // Another person's export is no place in one's own list that anything would be told by.
    const other = await ask("qsa", { kind: "workbook" });
    expect(
      (await listOwnExports(lead, engagementId, { cursor: other.id, limit: 200 })).items.map(({ id }) => id),
    ).toEqual(whole);
    await end("qsa", other.id);
  });

  it("by a token is made by that token, and is not any more once it was revoked", async () => {
    const byToken = async (token: string) => {
      const shown = await actorOfApiToken(world.alone(), token);
      if (!("actor" in shown)) throw new Error("The token does not serve.");
      return { ...world.alone(), actor: shown.actor };
    };
    const { token, id } = await makeToken(await world.steppedUp("lead"), {
      ...{ name: "Reports", scope: "write", engagementIds: null, days: 9 },
    });
    // The same that its person waits for already is another job, because it ends with the token.
    const own = await requestExport(await world.as("lead"), engagementId, { kind: "workbook" });
    const made = await requestExport(await byToken(token), engagementId, { kind: "workbook" });
    expect(made.id).not.toBe(own.id);
    expect((await requestExport(await byToken(token), engagementId, { kind: "workbook" })).id).toBe(made.id);
    await end("lead", own.id);
    const row = await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id: made.id } });
    expect(row.tokenId).toBe(id);
    await revokeOwnToken(await world.steppedUp("lead"), id);
    await workshop.run(made.id);
    expect(await look("lead", made.id)).toMatchObject({ state: "failed", note: expect.stringContaining("API token") });
  });

  it("has a limit for each person over all engagements", async () => {
    const open: string[] = [];
    while (open.length < MOST_OPEN) {
      const where = await makeEngagement(world);
      for (const paper of ["A4", "Letter"] as const) {
        if (open.length < MOST_OPEN) open.push((await ask("lead", { kind: "workbook", paper }, where)).id);
      }
    }
    await expect(ask("lead", { kind: "workbook" })).rejects.toMatchObject({ code: "too_many_requests" });
    await ask("qsa", { kind: "workbook" }).then(({ id }) => end("qsa", id));
    for (const id of open) await end("lead", id);
  });
});

describe("a finished export", () => {
  it("is handed out to its asker alone, with an event each time, until its time is over", async () => {
    const made = await workshop.make("lead", engagementId, { kind: "workbook", paper: "Letter" });
    expect(made).toMatchObject({ state: "done", step: null, note: "", paper: "Letter" });
    expect(made.file).toMatchObject({ name: "workbook-Quayside-Payments-4.0.1.pdf" });
    const left = await world.eventsOf(async () => {
      const { bytes, type, size } = await take("lead", made.id);
      const taken = await buffer(bytes as unknown as AsyncIterable<Uint8Array>);
      expect([type, size, taken.subarray(0, 5).toString()]).toEqual(["application/pdf", taken.length, "%PDF-"]);
    });
    expect(left).toMatchObject([
      { action: "export.handed_over", by: "lead", chain: "entity", detail: { sha256: made.file?.sha256 } },
    ]);
    await expect(take("qsa", made.id)).rejects.toMatchObject({ code: "not_found" });
    world.pass({ hours: 22 });
    await sweepExports(world.alone(), workshop.exports.folder);
    expect(existsSync(workshop.fileOf(made.id))).toBe(true);
    world.pass({ hours: 3 });
    await expect(take("lead", made.id)).rejects.toMatchObject({ code: "wrong_state" });
    await sweepExports(world.alone(), workshop.exports.folder);
    expect(existsSync(join(workshop.exports.folder, made.id))).toBe(false);
    expect(await look("lead", made.id)).toMatchObject({ state: "done", file: null });
  });

  it("is not handed out damaged, and can be removed before its time", async () => {
    const { id } = await workshop.make("lead", engagementId, { kind: "workbook" });
    const bytes = readFileSync(workshop.fileOf(id));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(workshop.fileOf(id), bytes);
    expect(await actions(() => expect(take("lead", id)).rejects.toMatchObject({ code: "file_damaged" }))).toEqual([]);
    expect(await actions(() => end("lead", id))).toEqual(["export.removed"]);
    await expect(take("lead", id)).rejects.toMatchObject({ code: "wrong_state" });
    await expect(end("lead", id)).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("of a workbook has the same bytes each time", async () => {
    const one = await workshop.make("qsa", engagementId, { kind: "workbook", paper: "Letter" });
    const two = await workshop.make("qsa", engagementId, { kind: "workbook", paper: "Letter" });
    expect(one.file?.sha256).toBe(two.file?.sha256);
    expect(one.id).not.toBe(two.id);
  });
});

describe("the workbook as a document", () => {
  it("is made in the background like the PDF, and is another export than that", async () => {
    const printed = await ask("lead", { kind: "workbook" });
    const left = await world.eventsOf(async () => {
      const made = await workshop.make("lead", engagementId, { kind: "document", paper: "A4" });
      expect(made).toMatchObject({ state: "done", kind: "document", paper: "A4" });
      expect(made.id).not.toBe(printed.id);
      expect(made.file?.name).toBe("workbook-Quayside-Payments-4.0.1.docx");
      const { type } = await take("lead", made.id);
      expect(type).toBe(DOCX_TYPE);
      const parts = await unpackOffice(readFileSync(workshop.fileOf(made.id)));
      expect(packageFindings(parts)).toEqual([]);
      expect(textOfWord(parts.get("word/document.xml") ?? "")).toContain("Compensating Controls Worksheet 8.3.4");
    });
    expect(left).toMatchObject([
      { action: "export.requested", detail: { what: "document", format: "docx", paper: "A4" } },
      { action: "export.made", detail: { what: "workbook", format: "docx", paper: "A4", worksheets: 1 } },
      { action: "export.handed_over", detail: { what: "document" } },
    ]);
    await end("lead", printed.id);
  });
});

describe("an export on its way", () => {
  it("stops when the worker is told to end, and goes on at the next start", async () => {
    const { id } = await ask("qsa", { kind: "pack" });
    await workshop.run(id, AbortSignal.abort());
    expect(await look("qsa", id)).toMatchObject({ state: "queued", note: "" });
    const left = await actions(() => workshop.run(id));
    expect(left).toEqual(["pack.sealed"]);
    const { state, partsDone, partsTotal } = await look("qsa", id);
    expect([state, partsDone]).toEqual(["done", partsTotal]);
    expect(await actions(() => workshop.run(id))).toEqual([]);
  });

  it("that was cancelled is not made, and nothing of it stays", async () => {
    const { id } = await ask("qsa", { kind: "pack" });
    await workshop.run(id, AbortSignal.abort());
    await end("qsa", id);
    expect(await actions(() => workshop.run(id))).toEqual([]);
    await sweepExports(world.alone(), workshop.exports.folder);
    expect(existsSync(join(workshop.exports.folder, id))).toBe(false);
    expect(await look("qsa", id)).toMatchObject({ state: "cancelled", file: null });
  });

  it("fails in plain words when its asker has lost the role, and leaves nothing", async () => {
    const { id } = await ask("assistant", { kind: "pack" });
    await removeMember(await world.steppedUp("firmAdmin"), engagementId, world.userId("assistant"), "qsa_assistant");
    const left = await world.eventsOf(() => workshop.run(id));
    expect(left.map(({ action, by }) => [action, by])).toEqual([
      ["access.denied", "assistant"],
      ["export.failed", null],
    ]);
    const row = await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ state: "failed", note: "You may no longer export this." });
    expect(existsSync(join(workshop.exports.folder, id))).toBe(false);
  });

  it("fails in plain words when the account was disabled meanwhile", async () => {
    const { id } = await ask("contributor", { kind: "pack" });
    await setAccountDisabled(await world.steppedUp("admin"), world.userId("contributor"), true);
    expect(await actions(() => workshop.run(id))).toEqual(["export.failed"]);
    const row = await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ state: "failed", note: "The account that asked for this is not in use any more." });
  });

  it("says that its asker reads otherwise now, who may ask again", async () => {
    const { id } = await ask("reviewer", { kind: "workbook" });
    await world.behind.prisma.$executeRaw`UPDATE export_job SET seen = 'signed' WHERE id = ${id}::uuid`;
    expect(await actions(() => workshop.run(id))).toEqual(["export.failed"]);
    expect(await look("reviewer", id)).toMatchObject({
      state: "failed",
      note: expect.stringMatching(/^What you may read here has changed.*Ask for the export again\.$/),
    });
  });

  it("is left to whoever holds its lock by now, however the attempt ended that lost it", async () => {
    const { id } = await ask("reviewer", { kind: "workbook" });
    const place = join(workshop.exports.folder, id);
    writeFileSync(place, "What fails here is the worker's folder.");
    const lost = new AbortController();
    const context = { ...world.alone(), requestId: id };
    const settled = async () => lost.abort(new LockLost("Found out only now."));
    const held = { lost: lost.signal, settled };
    const going = new AbortController().signal;
    expect(await actions(() => runExport(context, workshop, id, going, held))).toEqual([]);
    expect(await look("reviewer", id)).toMatchObject({ state: "running", note: "" });
    rmSync(place);
    // Also where the worker was told to end before that.
    expect(await actions(() => runExport(context, workshop, id, AbortSignal.abort(), held))).toEqual([]);
    expect(await look("reviewer", id)).toMatchObject({ state: "running", note: "" });
    await workshop.run(id);
    expect(await look("reviewer", id)).toMatchObject({ state: "done" });
  });

  it("whose leftovers cannot be removed is not noted as removed, and keeps nothing else beyond its time", async () => {
    const over = async (by: Person) => {
      const { id } = await ask(by, { kind: "workbook" });
      await end(by, id);
      mkdirSync(join(workshop.exports.folder, id, "in"), { recursive: true });
      return id;
    };
    const [stuck, other] = [await over("lead"), await over("qsa")];
    // Deeper than any path can say, which not even root removes by its path.
    const folder = join(workshop.exports.folder, stuck);
    const deeper = 'name=$(printf "%0250d"); for n in $(seq 20); do mkdir "$name" && cd -P "$name" || exit 1; done';
    execFileSync("sh", ["-c", deeper], { cwd: folder });
    const removedAt = async (id: string) =>
      (await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id } })).removedAt;
    try {
      await sweepExports(world.alone(), workshop.exports.folder);
      expect([existsSync(folder), await removedAt(stuck)]).toEqual([true, null]);
      expect(existsSync(join(workshop.exports.folder, other))).toBe(false);
      expect(await removedAt(other)).toEqual(world.now);
    } finally {
      execFileSync("rm", ["-rf", join(folder, "0".repeat(250))]);
    }
    await sweepExports(world.alone(), workshop.exports.folder);
    expect([existsSync(folder), await removedAt(stuck)]).toEqual([false, world.now]);
  });

  it("is given up when it is begun again and again", async () => {
    const { id } = await ask("reviewer", { kind: "workbook" });
    await world.behind.prisma.$executeRaw`UPDATE export_job SET attempts = 20 WHERE id = ${id}::uuid`;
    expect(await actions(() => workshop.run(id))).toEqual(["export.failed"]);
    expect(await look("reviewer", id)).toMatchObject({
      state: "failed",
      note: expect.stringContaining("again and again"),
    });
  });

  it("is given up as well when it is too slow each time, and says so as long as it is tried", async () => {
    const { id } = await ask("qsa", { kind: "pack" });
    const alone = world.alone();
    const slow = async () => Promise.reject(new OutOfTime("unavailable", "It was not ready in time."));
    const context = { ...alone, requestId: id, signer: { ...alone.signer, keys: slow } };
    const held = { lost: new AbortController().signal, settled: async () => undefined };
    const notes: string[] = [];
    for (let tries = 0; tries < MOST_ATTEMPTS + 2; tries += 1) {
      await runExport(context, workshop, id, new AbortController().signal, held);
      notes.push((await look("qsa", id)).note);
    }
    expect(await look("qsa", id)).toMatchObject({ state: "failed", note: expect.stringContaining("again and again") });
    expect(notes.filter((note) => note === "It was not ready in time.").length).toBeGreaterThanOrEqual(MOST_ATTEMPTS);
  });
});
