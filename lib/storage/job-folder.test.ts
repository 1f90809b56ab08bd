import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { JobFolder } from "@/lib/storage/job-folder";

let root = "";
let folder: JobFolder;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "countervail-job-"));
  folder = new JobFolder(join(root, "job"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string) => Buffer.from(text);
const full = () => Object.assign(new Error("no space left on device"), { code: "ENOSPC" });

it("keeps the first outcome of a step, whoever comes later or at the same time", async () => {
  const both = await Promise.all(["one", "two"].map((text) => folder.bytes("parts/a", () => bytes(text))));
  const [first, second] = both.map((one) => Buffer.from(one).toString());
  expect(first).toBe(second);
  expect(await folder.json("b", () => ({ n: 1 }))).toEqual({ n: 1 });
  expect(await folder.json("b", () => ({ n: 2 }))).toEqual({ n: 1 });
  expect(readdirSync(join(folder.path, "parts"))).toEqual(["a"]);
});

it("has no outcome of a step that did not come to its end, and goes on past what it left behind", async () => {
  const broken = folder.stream("file", () => Readable.from(failing(new Error("broken"))));
  await expect(broken).rejects.toThrow("broken");
  expect(await folder.has("file")).toBe(false);
  writeFileSync(join(folder.path, "file.1-2.draft"), "half");
  await folder.tidy();
  const laid = await folder.stream("file", () => Readable.from([bytes("wh"), bytes("ole")]));
  expect(laid.size).toBe(5);
  expect(Buffer.from((await folder.read("file")) ?? []).toString()).toBe("whole");
  expect(readdirSync(folder.path)).toEqual(["file"]);
});

it("says plainly that the disk is full, and leaves nothing half", async () => {
  const writing = folder.stream("file", () => Readable.from(failing(full())));
  await expect(writing).rejects.toMatchObject({ code: "storage_full" });
  expect(readdirSync(folder.path)).toEqual([]);
});

it("is cleared as a whole, or but for one file", async () => {
  await folder.bytes("a", () => bytes("a"));
  await folder.bytes("pdf/b", () => bytes("b"));
  await folder.clear("a");
  expect(readdirSync(folder.path)).toEqual(["a"]);
  await folder.clear();
  expect(existsSync(folder.path)).toBe(false);
});

async function* failing(error: Error): AsyncGenerator<Buffer> {
  yield bytes("half");
  throw error;
}
