import { chmod, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { downloadFile } from "@/lib/services/evidence/download-file";
import { recordFileChanges } from "@/lib/services/evidence/record-file-changes";
import { removeFile } from "@/lib/services/evidence/remove-file";
import { scanPending, sweepEvidence } from "@/lib/services/evidence/sweep";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { makeMove } from "@/lib/services/review/make-move";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import type { Scanner } from "@/lib/storage/scanner";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { bodyOf, makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { type LeftEvent, World } from "@/test/world";

let world: World;
let files: TestFiles;
let engagementId = "";
/** What the scanner of this test answers. */
let verdict: Awaited<ReturnType<Scanner["scan"]>> = { state: "clean", note: "" };
beforeAll(async () => {
  world = await World.make();
  files = await makeTestFiles({ scanner: { scan: async () => verdict } });
  engagementId = await makeEngagement(world);
});
afterAll(async () => {
  await world.close();
  await files.remove();
});

const FIELDS = { section: "validation", itemId: null, title: "Trace", url: "", shows: "" } as const;

async function makeFile(number: string, content: string) {
  const sheet = await openSheet(world, engagementId, number);
  const contributor = await world.as("contributor");
  const { id } = await addEvidence(contributor, sheet, { ...FIELDS, collectedOn: "2026-11-20", validUntil: null });
  const file = { name: "trace.txt", body: bodyOf(content), announced: null, acknowledgeCardNumber: false };
  const [stored] = (await uploadFile(contributor, files, id, file)).files;
  const blob = await world.behind.prisma.blob.findFirstOrThrow({ where: { sha256: stored?.sha256 ?? "" } });
  return { sheet, id, fileId: stored?.id ?? "", blob, path: join(files.root, "blobs/stored", blob.key) };
}
/** Of different chains and one moment none comes first. */
const byAction = (events: readonly LeftEvent[]) => [...events].sort((a, b) => a.action.localeCompare(b.action));
const sweep = () => sweepEvidence(world.alone(), files);

it("finds what was damaged behind its back, shows it, and that it was mended", async () => {
  const { sheet, blob, path } = await makeFile("8.3.4", "as it was");
  expect(await sweep()).toMatchObject({ looked: 1, damaged: 0, found: 0 });
  const bytes = await readFile(path);
  await chmod(path, 0o600);
  await writeFile(path, "as it is!");
  const events = await world.eventsOf(async () => expect(await sweep()).toMatchObject({ damaged: 1, found: 1 }));
  expect(byAction(events)).toMatchObject([
    { chain: "entity", action: "evidence.damage_found", by: null, changes: [{ table: "blob", id: blob.id }] },
    { chain: "system", action: "evidence.swept", detail: { looked: 1, damaged: 1 } },
  ]);
  const [evidence] = (await getWorksheet(await world.as("lead"), sheet)).evidence ?? [];
  expect(evidence?.files).toMatchObject([{ state: "damaged" }]);
  expect(await sweep()).toMatchObject({ damaged: 1, found: 0 });
  await writeFile(path, bytes);
  expect(await sweep()).toMatchObject({ damaged: 0, mended: 1 });
});

it("frees the place of what nothing names any more, and no sooner", async () => {
  const { id, fileId, path } = await makeFile("8.3.5", "not for long");
  await removeFile(await world.as("contributor"), id, fileId);
  expect(await sweep()).toMatchObject({ freed: 0 });
  const draft = join(files.draftFolder, "left-behind");
  await writeFile(draft, "half a file");
  const long = new Date(world.now.getTime() - 3 * 24 * 60 * 60_000);
  await utimes(path, long, long);
  await utimes(draft, long, long);
  const events = await world.eventsOf(async () => expect(await sweep()).toMatchObject({ freed: 1 }));
  expect(byAction(events).map(({ action }) => action)).toEqual(["evidence.freed", "evidence.swept"]);
  await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readdir(files.draftFolder)).toEqual([]);
});

it("holds back from the assessor, and from a signature, what the virus scanner has not passed", async () => {
  verdict = { state: "pending", note: "" };
  const { sheet, blob } = await makeFile("8.3.6", "waits");
  await write(world, sheet);
  await makeMove(await world.as("lead"), sheet, { move: "submit", reason: "" });
  const read = async (person: "qsa" | "lead") => downloadFile(await world.as(person), files, sheet, blob.sha256);
  await expect(read("qsa")).rejects.toMatchObject({ code: "blocked", message: /waits for the virus scan/ });
  await (await read("lead")).bytes.cancel();
  await expect(sign(world, sheet)).rejects.toMatchObject({ code: "blocked", extras: { blockers: [{}] } });
  expect(await scanPending(world.alone(), files)).toBe(0);

  verdict = { state: "clean", note: "" };
  const events = await world.eventsOf(() => scanPending(world.alone(), files));
  expect(events).toMatchObject([{ action: "evidence.scanned", detail: { scan: "clean" } }]);
  await sign(world, sheet);
});

it("stores nothing that the virus scanner objects to, and records that somebody tried", async () => {
  verdict = { state: "infected", note: "Eicar-Signature" };
  const sheet = await openSheet(world, engagementId, "8.3.7");
  const contributor = await world.as("contributor");
  const { id } = await addEvidence(contributor, sheet, { ...FIELDS, collectedOn: "2026-11-20", validUntil: null });
  const file = { name: "x.txt", body: bodyOf("bad"), announced: null, acknowledgeCardNumber: false };
  const events = await world.eventsOf(() =>
    expect(uploadFile(contributor, files, id, file)).rejects.toMatchObject({
      code: "file_refused",
      extras: { rule: "virus" },
      message: "The virus scanner objects: Eicar-Signature.",
    }),
  );
  expect(events).toMatchObject([{ action: "evidence.file_refused", detail: { virus: "Eicar-Signature" } }]);
});

it("tells of files of the installation that differ", async () => {
  const changes = { changed: [".next/server/app.js"], added: [], removed: ["proxy.ts"] };
  const events = await world.eventsOf(() => recordFileChanges(world.alone(), changes));
  expect(events).toMatchObject([{ chain: "system", action: "service.files_changed", detail: changes }]);
});
