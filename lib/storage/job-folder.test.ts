import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { orUnwritable } from "@/lib/durable";
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

it("says what an operator has to mend where it cannot be written, and takes nothing else for that", async () => {
  const error = (code: string) => Object.assign(new Error(`${code}: said by the system`), { code });
  const laid = (code: string) => folder.file("file", () => orUnwritable(Promise.reject(error(code))));
  // Node does not know EDQUOT, nor ESTALE, by name.
  const nameless = (name: string) => `Unknown system error -${constants.errno[name as keyof typeof constants.errno]}`;
  for (const code of ["EDQUOT", nameless("EDQUOT"), "EFBIG"])
    await expect(laid(code), code).rejects.toMatchObject({ code: "storage_full" });
  for (const [words, ...codes] of [
    ["may not write", "EACCES", "EPERM", "EROFS"],
    ["is not there", "ENOENT", "ENOTDIR"],
    ["does not work", "EIO", "ENOTCONN", "ETIMEDOUT", "ENXIO", "ENODEV", "EREMOTEIO", "ESTALE", nameless("ESTALE")],
    ["too many files open", "EMFILE", "ENFILE"],
  ] as const) {
    for (const code of codes) {
      const failure = { code: "unavailable", message: expect.stringContaining(words) };
      await expect(laid(code), code).rejects.toMatchObject(failure);
    }
  }
  for (const code of ["EEXIST", "ECONNRESET", "ERR_INVALID_ARG_TYPE"]) {
    await expect(laid(code), code).rejects.toMatchObject({ code });
  }
  // As it says of a file where there are no hard links, the system says it of a folder everywhere.
  const linkless = folder.file("file", async (path) => void mkdirSync(path));
  await expect(linkless).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("hard links") });
  // By whom it is written matters: what cannot be read is another thing.
  const unread = folder.file("file", () => Promise.reject(error("EACCES")));
  await expect(unread).rejects.toMatchObject({ code: "EACCES" });
  // Somebody has removed the folder meanwhile.
  const removed = folder.file("file", async () => rmSync(folder.path, { recursive: true }));
  await expect(removed).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("not there") });
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
