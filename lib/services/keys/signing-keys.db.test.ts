import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { organisationLog } from "@/lib/auth/events";
import { utf8 } from "@/lib/domain/proof/bytes";
import { verifySealCertificate } from "@/lib/domain/proof/certificate";
import { originOf, verifyCheckpoint } from "@/lib/domain/proof/checkpoint";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { verifyHandOver } from "@/lib/domain/proof/hand-over";
import { verifyKeySet } from "@/lib/domain/proof/key-set";
import { publicBytes } from "@/lib/domain/proof/keys";
import { readSigningKeys } from "@/lib/services/keys/read-signing-keys";
import { recordSigningKeys } from "@/lib/services/keys/record-signing-keys";
import { Keyring, newKey } from "@/lib/signer/keyring";
import { destroyFormerKeys, replaceKey } from "@/lib/signer/rotate";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import type { TestSigner } from "@/test/signer";
import { World } from "@/test/world";

let world: World;
let signer: TestSigner;
let keyring: Keyring;
/** Where the operator keeps the root key. */
let safe: string;
beforeAll(async () => {
  world = await World.make();
  signer = await world.startSigner();
  keyring = new Keyring(signer.folder, () => world.now);
  safe = await mkdtemp(join(tmpdir(), "countervail-safe-"));
});
afterAll(async () => {
  await rm(safe, { recursive: true });
  await world.close();
});
const record = () => world.eventsOf(() => recordSigningKeys(world.alone()));
const clock = () => world.now;

it("the first list of keys is recorded once, with its event", async () => {
  expect(await readSigningKeys(await world.as("admin"))).toBeNull();
  const events = await record();
  expect(events).toMatchObject([
    { chain: "system", action: "key.signing_created", changes: [{ table: "signing_key_set", id: "1" }] },
  ]);
  expect(await record()).toEqual([]);
  const shown = await readSigningKeys(await world.as("admin"));
  expect(shown?.fingerprint).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  expect(shown?.keys.map(({ purpose, state, standing }) => [purpose, state, standing])).toEqual([
    ["root", "active", "in_time"],
    ["checkpoint", "active", "in_time"],
    ["statement", "active", "in_time"],
    ["seal", "active", "in_time"],
  ]);
});

it("a list without its event is refused by the database", async () => {
  const insert = world.behind.prisma.$transaction(async (db) => {
    await db.$executeRaw`INSERT INTO signing_key_set VALUES (99, '', '', now())`;
  });
  await expect(insert).rejects.toThrow(/without an audit event/);
});

it("a replaced key hands over, needs the root key, and what it signed still verifies", async () => {
  const log = organisationLog(world.organisationId("entity"));
  await world.as("admin");
  const before = await signer.client.checkpoint(log);
  await rename(keyring.rootFile, join(safe, "root.pem"));
  await expect(replaceKey(keyring, "checkpoint", keyring.rootFile, clock)).rejects.toThrow(/bring it back/);
  const stranger = newKey("root", world.now).secret.export({ type: "pkcs8", format: "pem" });
  await writeFile(join(safe, "other.pem"), stranger, { mode: 0o600 });
  await expect(replaceKey(keyring, "checkpoint", join(safe, "other.pem"), clock)).rejects.toThrow(/not the root key/);
  expect((await keyring.current()).set.number).toBe(1);

  world.pass({ days: 340 });
  expect((await readSigningKeys(await world.as("admin")))?.keys[1]).toMatchObject({ standing: "ends_soon", days: 25 });
  const { former, next } = await replaceKey(keyring, "checkpoint", join(safe, "root.pem"), clock);
  const events = await record();
  expect(events).toMatchObject([
    {
      action: "key.signing_rotated",
      changes: [{ table: "signing_key_set", id: "2" }],
      detail: { number: 2, purposes: ["checkpoint"], keyIds: [next], former },
    },
  ]);

  world.pass({ minutes: 1 });
  await world.as("lead");
  const after = await signer.client.checkpoint(log);
  expect([before.keyId, after.keyId]).toEqual([former[0], next]);
  const { keySet, handOvers } = await signer.client.keys();
  const envelope = parseEnvelope(utf8(keySet));
  const list = envelope.ok ? await verifyKeySet(envelope.value, sha256, checkSignature) : envelope;
  if (!list.ok) throw new Error(list.error);
  const { service, keys } = list.value.set;
  const known = keys.filter(({ purpose }) => purpose === "checkpoint").map((key) => ({ publicKey: publicBytes(key) }));
  for (const { note } of [before, after]) {
    expect((await verifyCheckpoint(utf8(note), originOf(service, log), known, sha256, checkSignature)).ok).toBe(true);
  }
  const handOver = parseEnvelope(utf8(handOvers[0] ?? ""));
  if (!handOver.ok) throw new Error(handOver.error);
  const verdict = await verifyHandOver(handOver.value, service, keys, sha256, checkSignature);
  expect(verdict).toMatchObject({ ok: true, value: { from: former[0], to: next, purpose: "checkpoint" } });
  expect((await readSigningKeys(await world.as("admin")))?.keys.map(({ state }) => state)).toEqual([
    "active",
    "verify_only",
    "active",
    "active",
    "active",
  ]);
});

it("a former key that is destroyed leaves its public half alone", async () => {
  const { former } = await destroyFormerKeys(keyring, "checkpoint", join(safe, "root.pem"), clock);
  expect(existsSync(join(signer.folder, "keys", `${former[0]}.pem`))).toBe(false);
  expect(await record()).toMatchObject([{ action: "key.signing_destroyed", detail: { number: 3, keyIds: former } }]);
  expect((await keyring.current()).set.keys.map(({ state }) => state)).toContain("destroyed");
  await expect(destroyFormerKeys(keyring, "checkpoint", join(safe, "root.pem"), clock)).rejects.toThrow(
    /no former key/,
  );
});

it("a replacement that was killed before its list has not happened, and leaves nothing behind", async () => {
  const { set } = await keyring.current();
  for (const purpose of ["statement", "seal"] as const)
    await keyring.putPrivate(newKey(purpose, world.now), set.service);
  const files = () => readdir(join(signer.folder, "keys"));
  const before = await files();
  await signer.restart();
  expect(await files()).toHaveLength(before.length - 2);
  expect((await keyring.current()).set).toEqual(set);
});

it("two changes that were not recorded meanwhile are recorded one after the other", async () => {
  for (const purpose of ["statement", "checkpoint"] as const) {
    world.pass({ minutes: 1 });
    await replaceKey(keyring, purpose, join(safe, "root.pem"), clock);
  }
  const events = await record();
  expect(events.map(({ detail }) => [detail.number, detail.purposes])).toEqual([
    [4, ["statement"]],
    [5, ["checkpoint"]],
  ]);
});

it("the key that seals is replaced like the others, and its certificate goes with it", async () => {
  world.pass({ minutes: 1 });
  const { former, next } = await replaceKey(keyring, "seal", join(safe, "root.pem"), clock);
  expect(await record()).toMatchObject([
    { action: "key.signing_rotated", detail: { purposes: ["seal"], keyIds: [next] } },
  ]);
  const { certificates, handOvers } = await signer.client.keys();
  const { keys, service } = (await keyring.current()).set;
  const certified = certificates.map((pem) => verifySealCertificate(utf8(pem), keys, sha256, checkSignature));
  expect((await Promise.all(certified)).map((one) => one.ok && one.value.id)).toEqual([...former, next]);
  // Hand-overs have no order of their own: every one holds, and one is of the key that seals.
  const verdicts = await Promise.all(
    handOvers.map(async (text) => {
      const envelope = parseEnvelope(utf8(text));
      if (!envelope.ok) throw new Error(envelope.error);
      return verifyHandOver(envelope.value, service, keys, sha256, checkSignature);
    }),
  );
  expect(verdicts.every(({ ok }) => ok)).toBe(true);
  expect(verdicts.map((one) => one.ok && one.value)).toContainEqual(
    expect.objectContaining({ from: former[0], to: next, purpose: "seal" }),
  );
  const [first = ""] = certificates;
  await rm(join(signer.folder, "keys", "certificates"), { recursive: true });
  expect((await signer.client.keys()).certificates[0]).toBe(first);
});

it("another signer's list is not taken for this one's", async () => {
  await signer.stop();
  await rm(join(signer.folder, "keys", "sets", "000006.dsse.json"));
  await signer.restart();
  world.pass({ minutes: 1 });
  await replaceKey(keyring, "statement", join(safe, "root.pem"), clock);
  await expect(recordSigningKeys(world.alone())).rejects.toThrow(/is not the one that the trail has/);
});
