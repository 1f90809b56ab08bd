import { existsSync } from "node:fs";
import type { Clock } from "@/lib/clock";
import { HAND_OVER_TYPE, writeHandOver } from "@/lib/domain/proof/hand-over";
import { activeKey, type KeySet } from "@/lib/domain/proof/key-set";
import { type KeyPurpose, type KeyRecord, keyIdOf } from "@/lib/domain/proof/keys";
import { OperatorError } from "@/lib/operator-error";
import { rawPublicKey, sha256 } from "@/lib/signing/node-crypto";
import { type Keyring, newKey, readPrivate, type SigningKey, sealBy } from "./keyring";

/** The purposes whose keys are replaced by command; the root stays. */
export const REPLACEABLE = ["checkpoint", "statement", "seal"] as const satisfies readonly KeyPurpose[];

/** See {@link REPLACEABLE}. */
export type ReplaceablePurpose = (typeof REPLACEABLE)[number];

/** What became of keys. */
export interface KeysChanged {
  /** Number of the list that says so. */
  readonly number: number;
  /** Keys that sign no more, or that are gone. */
  readonly former: readonly string[];
  /** The key that signs from now on, when there is a new one. */
  readonly next: string | null;
}

/**
 * Replaces the key of a purpose: the old one hands over to the new one in a document signed by both, and the root signs
 * the new list, in which the old key only verifies. What is interrupted before the list is there has not happened. A
 * purpose that had no key yet, as sealing in an installation from before there were seals, gets its first.
 * @param rootFile where the root key is
 * @throws OperatorError when the root key is not there or not this service's
 */
export function replaceKey(
  keyring: Keyring,
  purpose: ReplaceablePurpose,
  rootFile: string,
  clock: Clock,
): Promise<KeysChanged> {
  return keyring.changing(() => replaceAlone(keyring, purpose, rootFile, clock));
}

async function replaceAlone(
  keyring: Keyring,
  purpose: ReplaceablePurpose,
  rootFile: string,
  clock: Clock,
): Promise<KeysChanged> {
  const { set, digest } = await keyring.current();
  const root = await rootOf(set, rootFile);
  const old = activeKey(set, purpose);
  if (!old) return addKey(keyring, purpose, root, clock());
  const now = clock();
  const next = newKey(purpose, now);
  const handOver = writeHandOver({
    service: set.service,
    purpose,
    from: old.id,
    to: next.record.id,
    publicKey: next.record.publicKey,
    at: now.toISOString(),
  });
  const number = set.number + 1;
  const both = [{ record: old, secret: await keyring.secretOf(old.id) }, next];
  await keyring.putPrivate(next, set.service);
  await keyring.putHandOver(next.record.id, sealBy(HAND_OVER_TYPE, handOver, both));
  const keys = [...set.keys.map((key) => (key.id === old.id ? retired(key, now) : key)), next.record];
  await keyring.issue({ ...set, issued: now.toISOString(), number, previous: digest, keys }, root);
  return { number, former: [old.id], next: next.record.id };
}

/**
 * Makes the key that seals PDFs where an earlier version made none, while the root key is still at its place.
 * @returns false when there is no such key and the root key was moved away
 */
export async function ensureSealKey(keyring: Keyring, clock: Clock): Promise<boolean> {
  if (activeKey((await keyring.current()).set, "seal")) return true;
  if (!existsSync(keyring.rootFile)) return false;
  await replaceKey(keyring, "seal", keyring.rootFile, clock);
  return true;
}

/** The first key of a purpose; nobody hands over to it. */
async function addKey(
  keyring: Keyring,
  purpose: ReplaceablePurpose,
  root: SigningKey,
  now: Date,
): Promise<KeysChanged> {
  const { set, digest } = await keyring.current();
  if (set.keys.some((key) => key.purpose === purpose)) throw new OperatorError(`No key for ${purpose} is active.`);
  const next = newKey(purpose, now);
  const number = set.number + 1;
  await keyring.putPrivate(next, set.service);
  const keys = [...set.keys, next.record];
  await keyring.issue({ ...set, issued: now.toISOString(), number, previous: digest, keys }, root);
  return { number, former: [], next: next.record.id };
}

/** Destroys the private halves of keys that only verify; what they signed verifies as before. */
export function destroyFormerKeys(
  keyring: Keyring,
  purpose: ReplaceablePurpose,
  rootFile: string,
  clock: Clock,
): Promise<KeysChanged> {
  return keyring.changing(() => destroyAlone(keyring, purpose, rootFile, clock));
}

async function destroyAlone(
  keyring: Keyring,
  purpose: ReplaceablePurpose,
  rootFile: string,
  clock: Clock,
): Promise<KeysChanged> {
  const { set, digest } = await keyring.current();
  const root = await rootOf(set, rootFile);
  const former = set.keys.filter((key) => key.purpose === purpose && key.state === "verify_only").map(({ id }) => id);
  if (former.length === 0) throw new OperatorError(`There is no former key for ${purpose} to destroy.`);
  const keys = set.keys.map((key): KeyRecord => (former.includes(key.id) ? { ...key, state: "destroyed" } : key));
  const number = set.number + 1;
  await keyring.issue({ ...set, issued: clock().toISOString(), number, previous: digest, keys }, root);
  return { number, former, next: null };
}

/** It signs no more, so its time ends now; a key whose time was over keeps its end. */
function retired(key: KeyRecord, now: Date): KeyRecord {
  const until = Math.min(now.getTime(), Date.parse(key.until));
  return { ...key, state: "verify_only", until: new Date(Math.max(until, Date.parse(key.from))).toISOString() };
}

async function rootOf(set: KeySet, rootFile: string): Promise<SigningKey> {
  const record = activeKey(set, "root");
  const secret = await readPrivate(rootFile).catch(() => {
    throw new OperatorError(
      `The root key is not in ${rootFile}: bring it back from where you keep it, and name the file with --root PATH.`,
    );
  });
  if (!record || secret.asymmetricKeyType !== "ed25519" || keyIdOf(rawPublicKey(secret), sha256) !== record.id) {
    throw new OperatorError(`The key in ${rootFile} is not the root key of this signer.`);
  }
  return { record, secret };
}
