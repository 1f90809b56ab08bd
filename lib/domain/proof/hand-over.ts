import type { Sha256 } from "@/lib/domain/audit/chain";
import { err, ok, type Result } from "@/lib/domain/result";
import { utf8 } from "./bytes";
import { instantOf, objectWith, parseCanonical, writeCanonical } from "./canonical";
import { type Envelope, verifyEnvelope } from "./envelope";
import { verifyKeyOf } from "./key-set";
import {
  algorithmOf,
  fitsAlgorithm,
  isOneOf,
  KEY_PURPOSES,
  type KeyPurpose,
  type KeyRecord,
  keyIdOf,
  publicBytes,
} from "./keys";
import type { CheckSignature } from "./signature";

/** Type of the envelope around a hand-over. */
export const HAND_OVER_TYPE = "application/vnd.countervail.key-hand-over.v1+json";
const TYPE = "countervail.key-hand-over.v1";

/** An old key's word that a new one signs in its place from now on, which the new one confirms. Both sign as the purpose has it. */
export interface HandOver {
  readonly service: string;
  readonly purpose: KeyPurpose;
  /** Ids of the old and of the new key. */
  readonly from: string;
  readonly to: string;
  /** The new key in base64: 32 raw bytes, for `seal` an SPKI in DER. */
  readonly publicKey: string;
  readonly at: string;
}

/** The document whose bytes are signed. @throws RangeError when a text in it is not well-formed */
export function writeHandOver({ service, purpose, from, to, publicKey, at }: HandOver): Uint8Array {
  const text = writeCanonical({ type: TYPE, service, purpose, from, to, publicKey, at });
  if (text === null) throw new RangeError("A text of this hand-over is not well-formed.");
  return utf8(text);
}

/** Reads a hand-over without verifying it. */
export function parseHandOver(bytes: Uint8Array, sha256: Sha256): Result<HandOver, string> {
  const json = parseCanonical(bytes);
  if (!json.ok) return json;
  const read = objectWith(json.value, "type", "service", "purpose", "from", "to", "publicKey", "at");
  if (read?.type !== TYPE) return err("it is no hand-over of a version known here");
  const { service, purpose, from, to, publicKey, at } = read;
  if (typeof service !== "string" || service === "") return err("it names no service");
  if (!isOneOf(KEY_PURPOSES, purpose)) return err("it names no purpose");
  if (typeof from !== "string" || typeof to !== "string" || from === to) return err("it names no two keys");
  if (typeof publicKey !== "string") return err("it holds no key");
  const bytesOfKey = publicBytes({ publicKey });
  if (!fitsAlgorithm(bytesOfKey, algorithmOf(purpose)) || keyIdOf(bytesOfKey, sha256) !== to)
    return err("its key is not the one that it names");
  if (typeof at !== "string" || instantOf(at) === null) return err("it has no date");
  return ok({ service, purpose, from, to, publicKey, at });
}

/**
 * Verifies a hand-over: the old key, from a list that is trusted, has signed it, and so has the new one, nobody else.
 * @param keys the keys of the service it belongs to
 */
export async function verifyHandOver(
  envelope: Envelope,
  service: string,
  keys: readonly KeyRecord[],
  sha256: Sha256,
  check: CheckSignature,
): Promise<Result<HandOver, string>> {
  const read = parseHandOver(envelope.payload, sha256);
  if (!read.ok) return read;
  const handOver = read.value;
  if (handOver.service !== service) return err("it is of another service");
  const old = keys.find(({ id }) => id === handOver.from);
  const algorithm = algorithmOf(handOver.purpose);
  if (old?.algorithm !== algorithm || old.purpose !== handOver.purpose) return err("its old key is not known");
  const both = [verifyKeyOf(old), { id: handOver.to, algorithm, publicKey: publicBytes(handOver) }];
  const verdict = await verifyEnvelope(envelope, HAND_OVER_TYPE, both, check);
  if (!verdict.ok) return verdict;
  const { signedBy, unknown, passkeys } = verdict.value;
  if (signedBy.length !== 2 || unknown.length + passkeys.length > 0) return err("it is not signed by both keys alone");
  return ok(handOver);
}
