import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { Keyring, readPrivate } from "@/lib/signer/keyring";
import { replaceKey } from "@/lib/signer/rotate";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { startTestSigner } from "@/test/signer";

let stored: TestDatabase;
/** Where the operator keeps the root key. */
let safe = "";
let now = new Date("2026-11-24T09:00:00Z");
const clock = () => now;
beforeAll(async () => {
  stored = await makeTestDatabase();
  safe = await mkdtemp(join(tmpdir(), "countervail-safe-"));
});
afterAll(async () => {
  await rm(safe, { recursive: true });
  await stored.drop();
});

it("an installation from before there were seals gets its key at the start, or by command once the root is away", async () => {
  const older = await startTestSigner(stored, clock);
  const old = new Keyring(older.folder, clock);
  await older.stop();
  // As an earlier version left it: one list, without a key that seals.
  const { set } = await old.current();
  const root = { record: set.keys[0] as KeyRecord, secret: await readPrivate(old.rootFile) };
  await rm(join(older.folder, "keys", "sets", "000001.dsse.json"));
  await old.issue({ ...set, keys: set.keys.filter(({ purpose }) => purpose !== "seal") }, root);
  const kept = join(safe, "root.pem");
  await rename(old.rootFile, kept);
  await older.restart();
  await expect(older.client.seal(new Uint8Array(32))).rejects.toMatchObject({
    code: "unavailable",
    message: /key that seals/,
  });
  await replaceKey(old, "seal", kept, clock);
  expect((await older.client.seal(new Uint8Array(32))).length).toBeGreaterThan(500);

  await rm(join(older.folder, "keys", "sets", "000002.dsse.json"));
  await rename(kept, old.rootFile);
  await older.restart();
  expect((await old.current()).set.keys.map(({ purpose }) => purpose)).toContain("seal");
  expect((await older.client.keys()).certificates).toHaveLength(1);
  await older.remove();
});

it("a digest that is none is refused, and so is any once the key's time is over", async () => {
  const signer = await startTestSigner(stored, clock);
  for (const body of ["{}", JSON.stringify({ sha256: "00" }), JSON.stringify({ sha256: "0".repeat(64), at: 1 })]) {
    expect(await signer.ask("/seal", body)).toMatchObject({ status: 400 });
  }
  const request = JSON.stringify({ sha256: "0".repeat(64) });
  expect(await signer.ask("/seal", request)).toMatchObject({ status: 200 });
  now = new Date(now.getTime() + 366 * 86_400_000);
  expect(await signer.ask("/seal", request)).toMatchObject({
    status: 503,
    reply: { reason: expect.stringContaining("keys:next") },
  });
  await signer.remove();
});
