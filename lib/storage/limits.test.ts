import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { toolAvailable } from "@/test/tools";

const withLimit = it.skipIf(!toolAvailable("prlimit"));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "countervail-short-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BEGIN = `import { spawnSync } from "node:child_process";
  import { open } from "node:fs/promises";
  import { register } from "tsx/esm/api";
  register({ tsconfig: process.cwd() + "/tsconfig.json" });
  const load = (name) => import(process.cwd() + "/lib/" + name);
  const allow = (what) => {
    const { status } = spawnSync("prlimit", ["--pid", String(process.pid), what]);
    if (status !== 0) throw new Error("The limit is not set.");
  };`;

/** Runs a program that may limit what it writes. @returns the last line that it says beside its log */
async function said(program: string, ...given: readonly string[]): Promise<string> {
  const argv = ["--input-type=module", "-e", BEGIN + program, ...given];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  const lines = stdout.trimEnd().split("\n");
  return lines.findLast((line) => !line.startsWith('{"level"')) ?? "";
}

// Beyond the size that a process may write the system takes the part that fits, and says nothing before the next call:
// as on a disk that is nearly full.
withLimit("takes no file of which only the beginning could be written", async () => {
  const drafts = join(folder, "drafts");
  const program = `
    const { receiveDraft } = await load("storage/draft.ts");
    const { FILE_LIMITS } = await load("domain/evidence/file-limits.ts");
    allow("--fsize=2000");
    const body = new Blob([Buffer.alloc(3000, "a")]).stream();
    await receiveDraft(process.argv[1], body, FILE_LIMITS).then(() => console.log("taken"), ({ code }) => console.log(code));`;
  expect(await said(program, drafts)).toBe("storage_full");
  expect(readdirSync(drafts)).toEqual([]);
});

withLimit("does not take a seal for written of which only the beginning could be", async () => {
  const settings = { now: new Date("2026-11-26T10:00:00Z"), fonts: readFontFiles(), paper: "A4" } as const;
  const seal = { room: 4_096, at: "2026-11-26T10:00:00.000Z" };
  const pdf = await renderWorksheet(worksheetModel("4.0.1", true), { ...settings, seal });
  const path = join(folder, "unsealed.pdf");
  writeFileSync(path, pdf);
  const program = `
    const { openSealSpace } = await load("render/pdf/seal-space.ts");
    const { fill, room } = await openSealSpace(await open(process.argv[1], "r+"));
    allow("--fsize=" + process.argv[2]);
    await fill(Buffer.alloc(room, 1)).then(() => console.log("filled"), ({ trouble }) => console.log(trouble));`;
  const begin = pdf.indexOf("/Contents <0000") + "/Contents <".length;
  expect(await said(program, path, String(begin + 100))).toBe("full");
});

withLimit("says that too many files are open of one that cannot be read for that: it passes by itself", async () => {
  writeFileSync(join(folder, "outcome"), "there");
  const program = `
    const { JobFolder } = await load("storage/job-folder.ts");
    const { fileStore } = await load("storage/file-store.ts");
    const [folder, store] = [new JobFolder(process.argv[1]), fileStore(process.argv[1])];
    const key = "00000000-0000-7000-8000-000000000000/ab/" + "ab".repeat(32);
    allow("--nofile=3");
    const all = [folder.read("outcome"), folder.measure("outcome"), folder.tidy(), store.open(key)];
    const told = ({ reason }) => reason?.code + (/too many files open/.test(reason?.message) ? "" : " in other words");
    console.log((await Promise.allSettled(all)).map(told).join());`;
  expect(await said(program, folder)).toBe("unavailable,unavailable,unavailable,unavailable");
});
