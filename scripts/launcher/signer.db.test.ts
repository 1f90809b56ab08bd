import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { makeEvent } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { readConfig } from "@/lib/config";
import { waitUntilGone } from "@/lib/db/embedded/processes";
import { utf8 } from "@/lib/domain/proof/bytes";
import { originOf, verifyCheckpoint } from "@/lib/domain/proof/checkpoint";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { verifyKeySet } from "@/lib/domain/proof/key-set";
import { publicBytes } from "@/lib/domain/proof/keys";
import type { Signer } from "@/lib/signing/client";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { makeTestDatabase } from "@/test/database";
import { World } from "@/test/world";
import { Closers } from "./closers";
import { startSigner } from "./signer";

// Starting a process takes seconds where others work beside it.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let home: string;
let closers: Closers;
beforeAll(async () => {
  world = await World.make();
  home = await mkdtemp(join(tmpdir(), "countervail-launcher-"));
});
afterEach(() => closers.close());
afterAll(async () => {
  await rm(home, { recursive: true });
  await world.close();
});

const settingsIn = (folder: string, more: Record<string, string> = {}) =>
  readConfig({ COUNTERVAIL_DATA: folder, COUNTERVAIL_LOG: "silent", ...more });
const pidOf = async (folder: string) => Number(await readFile(join(folder, "signer", "lock"), "utf8"));
const addEvent = () =>
  asSystem(world.alone(), "test", async (tx) => {
    tx.record(makeEvent("system", tx.now, null, { action: "trail.viewed", requestId: "test" }));
  });
const untilItAnswers = (signer: Signer) =>
  vi.waitFor(async () => expect(await signer.health()).not.toBeNull(), { timeout: 60_000, interval: 100 });

it("is started again whenever it is killed, and every note it gave still verifies and is never taken back", async () => {
  closers = new Closers();
  const settings = settingsIn(home);
  const signer = await startSigner(settings, world.stored.signerUrl, closers);
  const notes: { size: number; note: string }[] = [];
  for (let kill = 0; kill < 4; kill++) {
    await untilItAnswers(signer);
    const pid = await pidOf(home);
    let alive = true;
    const asking = (async () => {
      while (alive) {
        await addEvent();
        const given = await signer.checkpoint("system").catch(() => null);
        if (given) notes.push(given);
      }
    })();
    await pause(40 + 37 * kill);
    process.kill(pid, "SIGKILL");
    expect(await waitUntilGone(pid, 10_000)).toBe(true);
    alive = false;
    await asking;
  }
  await untilItAnswers(signer);
  notes.push(await signer.checkpoint("system"));
  const { keySet } = await signer.keys();
  const envelope = parseEnvelope(utf8(keySet));
  const list = envelope.ok ? await verifyKeySet(envelope.value, sha256, checkSignature) : envelope;
  if (!list.ok) throw new Error(list.error);
  const { service, keys } = list.value.set;
  const known = keys.filter(({ purpose }) => purpose === "checkpoint").map((key) => ({ publicKey: publicBytes(key) }));
  let size = 0;
  for (const given of notes) {
    expect(given.size).toBeGreaterThanOrEqual(size);
    size = given.size;
    const verdict = await verifyCheckpoint(
      utf8(given.note),
      originOf(service, "system"),
      known,
      sha256,
      checkSignature,
    );
    expect(verdict).toMatchObject({ ok: true, value: { size } });
  }
  const head = await world.behind.prisma.auditHead.findUniqueOrThrow({ where: { logId: "system" } });
  expect(BigInt(size)).toBe(head.size);
  expect((await signer.health())?.refused).toEqual([]);

  const last = await pidOf(home);
  await closers.close();
  expect(await waitUntilGone(last, 1_000)).toBe(true);
  expect(await signer.health()).toBeNull();
});

it("without a login of its own is said, and nothing ends by it", async () => {
  closers = new Closers();
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const signer = await startSigner(settingsIn(join(home, "none")), undefined, closers);
  expect(said.mock.calls.join()).toMatch(
    /^There is no signer: set COUNTERVAIL_SIGNER_DATABASE_URL .* nothing can be signed/,
  );
  expect(await signer.health()).toBeNull();
  const elsewhere = settingsIn(home, { COUNTERVAIL_SIGNER: join(home, "nobody") });
  await startSigner(elsewhere, undefined, closers);
  expect(said.mock.calls.at(-1)?.join()).toMatch(/^The signer at .*nobody does not answer\. Until it runs/);
  said.mockRestore();
});

it("listens in a short place when its own is too long for a socket", async () => {
  closers = new Closers();
  const deep = join(home, "a-folder-with-a-long-name".repeat(4));
  const settings = settingsIn(deep);
  expect(Buffer.byteLength(signerSocketPath(settings))).toBeLessThan(100);
  expect(signerSocketPath(settings)).not.toBe(signerSocketPath(settingsIn(`${deep}2`)));
  const stored = await makeTestDatabase();
  closers.add(stored.drop);
  const signer = await startSigner(settings, stored.signerUrl, closers);
  expect((await signer.health())?.refused).toEqual([]);
});

it("whose keys were lost is said, and does not sign by other ones", async () => {
  closers = new Closers();
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const signer = await startSigner(settingsIn(join(home, "lost")), world.stored.signerUrl, closers);
  expect(said.mock.calls.at(-1)?.join()).toMatch(/^The signer does not answer\. Until it runs nothing can be signed/);
  expect(await signer.health()).toBeNull();
  said.mockRestore();
});
