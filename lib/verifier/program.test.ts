import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "@/lib/domain/proof/bytes";
import { writeZip } from "@/lib/render/zip/write-zip";
import { sha256 } from "@/lib/signing/node-crypto";
import { buildVerifier } from "@/scripts/build-verifier";
import type { TestService } from "@/test/pack/service";
import { tellStory } from "@/test/pack/story";

let folder: string;
let program: string;
let service: TestService;
let older: string;
let newer: string;
let forged: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countervail-verifier-"));
  program = await buildVerifier(folder);
  ({ service } = tellStory());
  older = await write("older.zip", service);
  service.record({ action: "trail.viewed", at: "2026-05-01T10:00:00.000Z", actorId: null, detail: {} }, true);
  newer = await write("newer.zip", service);
  forged = await write("forged.zip", tellStory().service);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, from: TestService): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, await buffer(writeZip(await from.pack(new Date("2026-05-02T10:00:00.000Z")))));
  return path;
}

function run(...args: string[]): Promise<{ readonly code: number; readonly text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, text: stdout + stderr });
    });
  });
}

describe("the verifier as one file", () => {
  it("finds a pack valid, and that it continues an older one", async () => {
    const { code, text } = await run(newer, "--root", service.rootKeyId, "--extends", older);
    expect(text).toMatch(/^VALID: The pack is valid, and continues the older one/);
    expect(text).toMatch(/8\.3\.4 .*: signed by Samuel Okafor.*\n.*own passkey/);
    expect(text).toMatch(/3\.7\.6 .*\n.*Witnessed by the server only/);
    expect(code).toBe(0);
  });

  it("ends with 2 without a root, with 1 for a forgery, and with 64 for a call that makes no sense", async () => {
    expect(await run(newer)).toMatchObject({
      code: 2,
      text: expect.stringMatching(/intact, but its root key is not trusted/),
    });
    expect(await run(forged, "--root", service.rootKeyId)).toMatchObject({ code: 1 });
    expect(await run(newer, "--root", "abc")).toMatchObject({ code: 64 });
    expect(await run("--nonsense")).toMatchObject({ code: 64 });
    expect(await run(join(folder, "none.zip"))).toMatchObject({
      code: 1,
      text: expect.stringMatching(/cannot be read/),
    });
  });

  it("says its own digest", async () => {
    const { text } = await run(newer, "--json");
    expect(JSON.parse(text)).toMatchObject({
      programSha256: toHex(sha256(await readFile(program))),
      verdict: "incomplete",
    });
  });

  it("needs nothing but files, hashes and unpacking from Node.js, so that it cannot reach a network", async () => {
    const text = await readFile(program, "utf8");
    const used = [...text.matchAll(/^import [^;]*?"([^"]+)";$/gm)].map((match) => match[1]);
    expect([...new Set(used)].sort()).toEqual([
      "node:crypto",
      "node:fs/promises",
      "node:url",
      "node:util",
      "node:zlib",
    ]);
    expect(text).not.toMatch(/\b(import|require)\s*\(/);
    expect(text).not.toMatch(/\b(fetch|WebSocket|EventSource|XMLHttpRequest|getBuiltinModule)\b|process\.binding/);
  });

  it("is the same file whenever it is built", async () => {
    const again = await buildVerifier(join(folder, "again"));
    expect(await readFile(again, "utf8")).toBe(await readFile(program, "utf8"));
  });
});
