import type { Sha256 } from "@/lib/domain/audit/chain";
import { concat, sameBytes } from "./bytes";

/**
 * The Merkle tree of RFC 6962 (verification as in RFC 9162, 2.1.3.2 and 2.1.4.2). Sizes are safe integers; a proof is a
 * list of 32-byte hashes.
 */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const HASH_LENGTH = 32;

/** Hash of a leaf: sha256(0x00 || data). In our trees the data of a leaf is an event's entry hash. */
export function leafHash(data: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concat(LEAF, data));
}

/** Hash of an inner node: sha256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concat(NODE, left, right));
}

/** Root of the tree without leaves: sha256 of nothing. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * Whether a leaf stands at a place of a tree.
 * @param leaf hash of the leaf (not its data)
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  sha256: Sha256,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash, sha256);
      [place, last] = climbToRightChild(place, last);
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && sameBytes(hash, root);
}

/** Whether the tree of the later size begins with all leaves of the earlier one, unchanged and in their order. */
export function verifyConsistency(
  earlier: number,
  later: number,
  proof: readonly Uint8Array[],
  earlierRoot: Uint8Array,
  laterRoot: Uint8Array,
  sha256: Sha256,
): boolean {
  if (!isSize(earlier) || !isSize(later) || earlier > later) return false;
  if (!areHashes([earlierRoot, laterRoot, ...proof])) return false;
  // An earlier tree without leaves is part of every tree; what has to be right then is its root alone.
  if (earlier === 0) return proof.length === 0 && sameBytes(earlierRoot, emptyRoot(sha256));
  if (earlier === later) return proof.length === 0 && sameBytes(earlierRoot, laterRoot);
  // When the earlier tree is a whole subtree of the later one, its root is where the proof begins.
  const [first, ...rest] = isPowerOfTwo(earlier) ? [earlierRoot, ...proof] : proof;
  const roots = first && foldConsistency(earlier, later, first, rest, sha256);
  return !!roots && sameBytes(roots.earlier, earlierRoot) && sameBytes(roots.later, laterRoot);
}

/** The two roots that a proof of consistency leads to, or null when it is too short or too long. */
function foldConsistency(
  earlier: number,
  later: number,
  first: Uint8Array,
  rest: readonly Uint8Array[],
  sha256: Sha256,
): { readonly earlier: Uint8Array; readonly later: Uint8Array } | null {
  let place = earlier - 1;
  let last = later - 1;
  while (place % 2 === 1) {
    place = half(place);
    last = half(last);
  }
  let old = first;
  let now = first;
  for (const hash of rest) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      old = nodeHash(hash, old, sha256);
      now = nodeHash(hash, now, sha256);
      [place, last] = climbToRightChild(place, last);
    } else {
      now = nodeHash(now, hash, sha256);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 ? { earlier: old, later: now } : null;
}

/** From a last node without a right neighbour up to the level at which it is one itself. */
function climbToRightChild(place: number, last: number): [place: number, last: number] {
  let [up, end] = [place, last];
  while (up % 2 === 0 && up !== 0) {
    up = half(up);
    end = half(end);
  }
  return [up, end];
}

function half(size: number): number {
  return Math.floor(size / 2);
}

/** Whether a number can be the size of a tree. */
export function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function isPowerOfTwo(size: number): boolean {
  return 2 ** Math.round(Math.log2(size)) === size;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_LENGTH);
}
