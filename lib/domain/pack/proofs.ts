import { toBase64, utf8 } from "@/lib/domain/proof/bytes";
import { type Json, parseCanonical, writeCanonical } from "@/lib/domain/proof/canonical";
import { count, hash, listOf, type Read, type Reader, record } from "@/lib/domain/proof/read";
import { err, ok, type Result } from "@/lib/domain/result";

/** More steps than any tree of a countable size has. */
const MOST_STEPS = 128;

const eventProof = record({ seq: count, prevHash: hash, treeSize: count, inclusion: listOf(hash, MOST_STEPS) });
const consistencyProof = record({ oldSize: count, oldRoot: hash, newSize: count, proof: listOf(hash, MOST_STEPS) });

/** Where an event stands: its place, the entry hash before it, and the way from its leaf to the checkpoint's root. */
export type EventProof = Read<typeof eventProof>;

/** That the tree of a newer checkpoint begins with that of an older one. */
export type ConsistencyProof = Read<typeof consistencyProof>;

/** The bytes of `proofs/<seq>.json`. */
export function writeEventProof({ prevHash, inclusion, ...numbers }: EventProof): Uint8Array {
  return write({ ...numbers, prevHash: toBase64(prevHash), inclusion: inclusion.map(toBase64) });
}

/** The bytes of `consistency/<old size>-<new size>.json`. */
export function writeConsistencyProof({ oldRoot, proof, ...numbers }: ConsistencyProof): Uint8Array {
  return write({ ...numbers, oldRoot: toBase64(oldRoot), proof: proof.map(toBase64) });
}

/** Reads `proofs/<seq>.json`. */
export function parseEventProof(bytes: Uint8Array): Result<EventProof, string> {
  return parse(bytes, eventProof);
}

/** Reads `consistency/<old size>-<new size>.json`. */
export function parseConsistencyProof(bytes: Uint8Array): Result<ConsistencyProof, string> {
  return parse(bytes, consistencyProof);
}

function write(value: Json): Uint8Array {
  return utf8(writeCanonical(value) ?? "");
}

function parse<T>(bytes: Uint8Array, read: Reader<T>): Result<T, string> {
  const json = parseCanonical(bytes);
  if (!json.ok) return json;
  const proof = read(json.value);
  return proof === undefined ? err("it has not the form of a proof") : ok(proof);
}
