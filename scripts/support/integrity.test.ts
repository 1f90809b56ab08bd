import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compareManifests, readManifest, writeManifest } from "./integrity";

it("tells what changed, came and went since the manifest was taken", () => {
  const before = { "proxy.ts": "a", "lib/config.ts": "b", "dist/old.mjs": "c" };
  const now = { "proxy.ts": "a", "lib/config.ts": "changed", "dist/new.mjs": "d" };
  expect(compareManifests(before, now)).toEqual({
    changed: ["lib/config.ts"],
    added: ["dist/new.mjs"],
    removed: ["dist/old.mjs"],
  });
});

it("keeps the manifest of a start, and knows when there was none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "countervail-integrity-"));
  expect(await readManifest(folder)).toBeNull();
  await writeManifest(folder, { "proxy.ts": "a" });
  expect(await readManifest(folder)).toEqual({ "proxy.ts": "a" });
  await rm(folder, { recursive: true });
});
