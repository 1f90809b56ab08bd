import type { Sha256 } from "@/lib/domain/audit/chain";
import { err, ok, type Result } from "@/lib/domain/result";
import { toHex, utf8 } from "./bytes";
import { instantOf, type Json, objectWith, parseCanonical, writeCanonical } from "./canonical";
import { type Envelope, verifyEnvelope } from "./envelope";
import {
  fitsAlgorithm,
  isOneOf,
  KEY_PURPOSES,
  KEY_STATES,
  type KeyPurpose,
  type KeyRecord,
  keyIdOf,
  mayBecome,
  publicBytes,
} from "./keys";
import { ALGORITHMS, type CheckSignature, type VerifyKey } from "./signature";

/** Type of the envelope around a key set. */
export const KEY_SET_TYPE = "application/vnd.countervail.keys.v1+json";
const TYPE = "countervail.keys.v1";
const SHA256_HEX = /^[0-9a-f]{64}$/;
const MOST_KEYS = 1_000;

/** The list of a service's keys. Each new one names the one before it by its digest. */
export interface KeySet {
  readonly service: string;
  readonly issued: string;
  /** Counts up from 1. */
  readonly number: number;
  /** SHA-256 of the document before, null for the first. */
  readonly previous: string | null;
  readonly keys: readonly KeyRecord[];
}

/** The document whose bytes are signed. @throws RangeError when a text in it is not well-formed */
export function writeKeySet({ service, issued, number, previous, keys }: KeySet): Uint8Array {
  const text = writeCanonical({
    type: TYPE,
    service,
    issued,
    number,
    previous,
    keys: keys.map(({ id, purpose, algorithm, publicKey, state, from, until }) => ({
      id,
      purpose,
      algorithm,
      publicKey,
      state,
      from,
      until,
    })),
  });
  if (text === null) throw new RangeError("A text of this key set is not well-formed.");
  return utf8(text);
}

/** Reads a key set: every key has the id of its bytes, and each purpose has one active key at most, `root` exactly one. */
export function parseKeySet(bytes: Uint8Array, sha256: Sha256): Result<KeySet, string> {
  const json = parseCanonical(bytes);
  if (!json.ok) return json;
  const read = objectWith(json.value, "type", "service", "issued", "number", "previous", "keys");
  if (read?.type !== TYPE) return err("it is no list of keys of a version known here");
  const { service, issued, number, previous } = read;
  if (typeof service !== "string" || service === "") return err("it names no service");
  if (typeof issued !== "string" || instantOf(issued) === null) return err("it has no date of issue");
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return err("it has no number");
  if (!isDigestOrNull(previous)) return err("it names no forerunner");
  if ((previous === null) !== (number === 1)) return err("only the first list has none before it");
  const keys = keysOf(read.keys, sha256);
  return keys.ok ? ok({ service, issued, number, previous, keys: keys.value }) : keys;
}

function isDigestOrNull(value: Json): value is string | null {
  return value === null || (typeof value === "string" && SHA256_HEX.test(value));
}

function keysOf(list: Json, sha256: Sha256): Result<readonly KeyRecord[], string> {
  if (!Array.isArray(list) || list.length > MOST_KEYS) return err("its keys are no list");
  const keys = list.map((key: Json) => recordOf(key, sha256));
  if (!keys.every((key) => key !== null)) return err("a key of it is malformed");
  if (new Set(keys.map(({ id }) => id)).size < keys.length) return err("it lists a key twice");
  if (KEY_PURPOSES.some((purpose) => activeOf(keys, purpose).length > 1)) {
    return err("two keys are active for one purpose");
  }
  return activeOf(keys, "root").length === 0 ? err("it has no root key") : ok(keys);
}

function recordOf(value: Json, sha256: Sha256): KeyRecord | null {
  const read = objectWith(value, "id", "purpose", "algorithm", "publicKey", "state", "from", "until");
  if (!read) return null;
  const { id, purpose, algorithm, publicKey, state, from, until } = read;
  if (!isOneOf(KEY_PURPOSES, purpose) || !isOneOf(ALGORITHMS, algorithm) || !isOneOf(KEY_STATES, state)) return null;
  if (typeof id !== "string" || typeof publicKey !== "string") return null;
  if (typeof from !== "string" || typeof until !== "string") return null;
  const [begin, end] = [instantOf(from), instantOf(until)];
  if (begin === null || end === null || end < begin) return null;
  const bytes = publicBytes({ publicKey });
  if (bytes.length === 0 || !fitsAlgorithm(bytes, algorithm) || keyIdOf(bytes, sha256) !== id) return null;
  return { id, purpose, algorithm, publicKey, state, from, until };
}

function activeOf(keys: readonly KeyRecord[], purpose: KeyPurpose): KeyRecord[] {
  return keys.filter((key) => key.purpose === purpose && key.state === "active");
}

/** The key that signs for a purpose now, or null. */
export function activeKey(set: KeySet, purpose: KeyPurpose): KeyRecord | null {
  return activeOf(set.keys, purpose)[0] ?? null;
}

/** SHA-256 of a key set's document, by which the next one names it. */
export function keySetDigest(document: Uint8Array, sha256: Sha256): string {
  return toHex(sha256(document));
}

/** A record as checks of signatures take it. */
export function verifyKeyOf(key: KeyRecord): VerifyKey & { readonly id: string; readonly record: KeyRecord } {
  return { id: key.id, algorithm: key.algorithm, publicKey: publicBytes(key), record: key };
}

/**
 * Verifies the envelope of a key set: the root key that it lists has signed it, and nobody else. Whether that root is
 * to be trusted is a question of its own: compare {@link KeySet} `root.id` with a fingerprint from elsewhere.
 */
export async function verifyKeySet(
  envelope: Envelope,
  sha256: Sha256,
  check: CheckSignature,
): Promise<Result<{ readonly set: KeySet; readonly root: KeyRecord }, string>> {
  const set = parseKeySet(envelope.payload, sha256);
  if (!set.ok) return set;
  const root = activeKey(set.value, "root");
  if (!root) return err("it has no root key");
  const verdict = await verifyEnvelope(envelope, KEY_SET_TYPE, [verifyKeyOf(root)], check);
  if (!verdict.ok) return verdict;
  if (verdict.value.unknown.length + verdict.value.passkeys.length > 0)
    return err("somebody besides the root has signed it");
  return ok({ set: set.value, root });
}

/**
 * Why a key set cannot come right after another one, or null when it can: its number and digest continue it, no key is
 * gone or different, and states only go on.
 */
export function problemOfSuccession(before: KeySet, beforeDigest: string, after: KeySet): string | null {
  if (after.service !== before.service) return "it is of another service";
  if (after.number !== before.number + 1 || after.previous !== beforeDigest)
    return "it does not continue the list before it";
  if (Date.parse(after.issued) < Date.parse(before.issued)) return "it is older than the list before it";
  for (const old of before.keys) {
    const now = after.keys.find(({ id }) => id === old.id);
    if (!now) return "a key is missing from it";
    if (now.purpose !== old.purpose || now.from !== old.from) return "it tells something else of a key";
    if (now.state === old.state ? now.until !== old.until : !isLater(old, now))
      return "it takes a key back to an earlier state";
  }
  return null;
}

/** A key may have gone several steps between two lists, but only forwards. */
function isLater(old: KeyRecord, now: KeyRecord): boolean {
  return (
    mayBecome(old.state, now.state) ||
    KEY_STATES.some((between) => mayBecome(old.state, between) && isLater({ ...old, state: between }, now))
  );
}
