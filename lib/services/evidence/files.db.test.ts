import { createHash } from "node:crypto";
import { chmod, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import { downloadFile } from "@/lib/services/evidence/download-file";
import { removeFile } from "@/lib/services/evidence/remove-file";
import { listReusableFiles, reuseFiles } from "@/lib/services/evidence/reuse-files";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { makeMove } from "@/lib/services/review/make-move";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { removeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { readSealed } from "@/lib/services/worksheet/seal";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { bodyOf, makeTestFiles, pdf, png, type TestFiles } from "@/test/evidence-files";
import { type Person, World } from "@/test/world";

let world: World;
let files: TestFiles;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  files = await makeTestFiles();
  engagementId = await makeEngagement(world);
});
afterAll(async () => {
  await world.close();
  await files.remove();
});

const FIELDS = {
  section: "validation",
  itemId: null,
  title: "Drill of the lock",
  url: "",
  shows: "",
  collectedOn: "2026-11-20",
  validUntil: null,
} as const;
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

async function makeEvidence(worksheetId: string): Promise<EvidenceDto> {
  return addEvidence(await world.as("contributor"), worksheetId, FIELDS);
}

async function upload(id: string, name: string, bytes: Buffer | string, by: Person = "contributor", given = files) {
  const file = { name, body: bodyOf(bytes), announced: null, acknowledgeCardNumber: false };
  return uploadFile(await world.as(by), given, id, file);
}

async function read(worksheetId: string, digest: string, by: Person = "contributor"): Promise<string> {
  const { bytes } = await downloadFile(await world.as(by), files, worksheetId, digest);
  return text(bytes as NodeStream);
}

it("takes files beside or in the place of a link, keeps them under a key that tells nothing, and hands them out again", async () => {
  const sheet = await openSheet(world, engagementId, "8.3.4");
  const { id } = await makeEvidence(sheet);
  const report = pdf();
  await upload(id, "Drill – Bericht №7.pdf", report);
  const { files: listed } = await upload(id, "trace.log", "locked\nunlocked\n", "lead");
  expect(listed).toMatchObject([
    { name: "Drill – Bericht №7.pdf", type: "application/pdf", size: report.length, sha256: sha256(report) },
    { name: "trace.log", type: "text/plain; charset=utf-8", state: "whole", uploadedBy: { id: world.userId("lead") } },
  ]);
  expect(await read(sheet, sha256(report), "reviewer")).toBe(report.toString());

  const { key } = await world.behind.prisma.blob.findFirstOrThrow({ where: { sha256: sha256(report) } });
  expect(key).toMatch(new RegExp(`^${world.organisationId("entity")}/`));
  expect(key).not.toContain(sha256(report).slice(0, 16));
  const stored = await stat(join(files.root, "blobs/stored", key));
  expect(stored.mode & 0o777).toBe(0o400);
  expect(await readdir(files.draftFolder)).toEqual([]);
});

it("stores the same content once, uses it again in other worksheets, and gives it up when nothing names it", async () => {
  const [one, two] = [await openSheet(world, engagementId, "8.3.5"), await openSheet(world, engagementId, "8.3.6")];
  const [first, second] = [await makeEvidence(one), await makeEvidence(two)];
  const picture = png();
  const [file] = (await upload(first.id, "console.png", picture)).files;
  const offered = await listReusableFiles(await world.as("lead"), second.id);
  expect(offered.find((one) => one.id === file?.id)).toMatchObject({ name: "console.png", requirementNumber: "8.3.5" });
  const again = await reuseFiles(await world.as("lead"), files, second.id, { fileIds: [file?.id ?? ""] });
  expect(again.files).toMatchObject([{ name: "console.png", sha256: sha256(picture) }]);
  const twice = reuseFiles(await world.as("lead"), files, second.id, { fileIds: [file?.id ?? ""] });
  await expect(twice).rejects.toMatchObject({ code: "already_exists" });
  expect(await world.behind.prisma.blob.count({ where: { sha256: sha256(picture) } })).toBe(1);

  await removeFile(await world.as("contributor"), first.id, file?.id ?? "");
  expect(await read(two, sha256(picture))).toHaveLength(picture.toString().length);
  await expect(read(one, sha256(picture))).rejects.toMatchObject({ code: "not_found" });
  const [left] = await world.eventsOf(async () => removeEvidence(await world.as("lead"), second.id, 1));
  expect(left?.changes.map(({ table }) => table)).toEqual(["evidence", "evidence_file", "blob"]);
  const tombstone = await world.behind.prisma.blob.findFirstOrThrow({ where: { sha256: sha256(picture) } });
  expect(tombstone.removedAt).toEqual(world.now);

  await upload(first.id, "console.png", picture);
  expect(await read(one, sha256(picture))).toHaveLength(picture.toString().length);
});

it("is for those who write, and shows others no more than they may read", async () => {
  const sheet = await openSheet(world, engagementId, "8.3.7");
  const { id } = await makeEvidence(sheet);
  const [file] = (await upload(id, "secret.txt", "for the entity")).files;
  for (const person of ["reviewer", "observer", "qsa"] as const) {
    await expect(upload(id, "x.txt", "x", person)).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(upload(id, "x.txt", "x", "stranger")).rejects.toMatchObject({ code: "not_found" });
  for (const person of ["observer", "qsa", "stranger"] as const) {
    await expect(read(sheet, file?.sha256 ?? "", person)).rejects.toMatchObject({ code: /not_found|forbidden/ });
  }
  await write(world, sheet);
  await makeMove(await world.as("lead"), sheet, { move: "submit", reason: "" });
  const events = await world.eventsOf(() => read(sheet, file?.sha256 ?? "", "qsa"));
  expect(events).toMatchObject([{ action: "evidence.downloaded", by: "qsa", detail: { sha256: file?.sha256 } }]);
  await expect(upload(id, "late.txt", "late")).rejects.toMatchObject({ code: "wrong_state" });
  await expect(removeFile(await world.as("lead"), id, file?.id ?? "")).rejects.toMatchObject({ code: "wrong_state" });
});

it("is part of what is signed, and neither damage nor a tombstone stays unseen", async () => {
  const sheet = await openSheet(world, engagementId, "8.3.8");
  await write(world, sheet);
  const { id } = await makeEvidence(sheet);
  const submit = async () => makeMove(await world.as("lead"), sheet, { move: "submit", reason: "" });
  await expect(submit()).rejects.toMatchObject({ extras: { blockers: [{ message: /neither a link nor a file/ }] } });
  const bytes = Buffer.from("signed over");
  const [file] = (await upload(id, "signed.txt", bytes)).files;
  await submit();
  await sign(world, sheet);
  const revision = await world.behind.prisma.revision.findFirstOrThrow({ where: { worksheetId: sheet } });
  const entry = { name: "signed.txt", size: bytes.length, type: "text/plain; charset=utf-8", sha256: sha256(bytes) };
  const { evidence } = readSealed(revision, { kind: "ccw", requirementNumber: "" });
  expect(evidence.find((one) => one.id === id)?.files).toEqual([entry]);

  await makeMove(await world.steppedUp("lead"), sheet, { move: "reopen", reason: "" });
  await removeFile(await world.as("contributor"), id, file?.id ?? "");
  expect(await read(sheet, sha256(bytes), "qsa")).toBe("signed over");
  const blob = await world.behind.prisma.blob.findFirstOrThrow({ where: { sha256: sha256(bytes) } });
  expect(blob.removedAt).toBeNull();
  const buried = world.behind.prisma.$executeRaw`UPDATE blob SET removed_at = now() WHERE id = ${blob.id}::uuid`;
  await expect(buried).rejects.toThrow(/a signed revision names these bytes/);
  await expect(world.behind.prisma.blob.delete({ where: { id: blob.id } })).rejects.toThrow();

  const path = join(files.root, "blobs/stored", blob.key);
  await chmod(path, 0o600);
  await writeFile(path, "signed over?");
  const events = await world.eventsOf(() =>
    expect(read(sheet, sha256(bytes), "qsa")).rejects.toMatchObject({ code: "file_damaged" }),
  );
  expect(events).toMatchObject([{ action: "evidence.damage_found", changes: [{ table: "blob", id: blob.id }] }]);
  const { validity } = await getWorksheet(await world.as("lead"), sheet);
  expect(validity).toMatchObject({ status: "broken", reason: "A file that was signed over is damaged: “signed.txt”." });
});

it("refuses by a named rule, and says the limit", async () => {
  const sheet = await openSheet(world, engagementId, "8.3.9");
  const { id } = await makeEvidence(sheet);
  const refused = (rule: string, message: RegExp) => ({ code: "file_refused", extras: { rule }, message });
  await expect(upload(id, "page.svg", "<svg/>")).rejects.toMatchObject(refused("kind", /Allowed are \.pdf/));
  await expect(upload(id, "photo.png", pdf())).rejects.toMatchObject(refused("wrong_content", /kind pdf/));
  const small = { ...files, limits: { ...files.limits, fileBytes: 1_000 } };
  await expect(upload(id, "a.txt", "a".repeat(1_001), "lead", small)).rejects.toMatchObject({
    code: "too_large",
    message: "A file may have at most 1 kB.",
  });
  const few = { ...files, limits: { ...files.limits, worksheetFiles: 1 } };
  await upload(id, "one.txt", "one", "lead", few);
  await expect(upload(id, "two.txt", "two", "lead", few)).rejects.toMatchObject(refused("too_many", /may have is 1/));
  const full = { ...files, limits: { ...files.limits, organisationBytes: 10 } };
  await expect(upload(id, "two.txt", "two", "lead", full)).rejects.toMatchObject(
    refused("organisation_full", /may store 10 bytes; 0 bytes are left/),
  );
  expect(await readdir(files.draftFolder)).toEqual([]);
});

it("asks before it stores what looks like card numbers, and records the answer", async () => {
  const sheet = await openSheet(world, engagementId, "8.3.10");
  const { id } = await makeEvidence(sheet);
  const dump = "order;card\n1;none\n2;4111 1111 1111 1111\n";
  await expect(upload(id, "orders.csv", dump)).rejects.toMatchObject({
    code: "card_number_suspected",
    extras: { errors: [{ path: "file", message: "Line 3: a number that ends in 1111." }] },
  });
  const file = { name: "orders.csv", body: bodyOf(dump), announced: null, acknowledgeCardNumber: true };
  const events = await world.eventsOf(async () => uploadFile(await world.as("contributor"), files, id, file));
  expect(events.at(-1)?.detail).toMatchObject({ cardNumberAcknowledged: true });
});
