import type { Sha256 } from "@/lib/domain/audit/chain";
import { emptyRoot, nodeHash } from "./merkle";

const HASH_LENGTH = 32;

/**
 * A whole tree in memory, for making proofs (64 bytes a leaf): the hashes of all whole subtrees, level by level. Proofs
 * and roots of any size up to its own take O(log² n) hashes.
 */
export class MerkleTree {
  readonly #sha256: Sha256;
  readonly #levels: Level[] = [];

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  /** How many leaves it has. */
  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  /** Adds a leaf, given by its leaf hash. */
  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let height = 0; ; height++) {
      let level = this.#levels[height];
      if (!level) {
        level = new Level();
        this.#levels.push(level);
      }
      level.push(hash);
      if (level.length % 2 === 1) return;
      hash = nodeHash(level.at(level.length - 2), hash, this.#sha256);
    }
  }

  /** Root of the tree of the first `size` leaves. @throws RangeError when it has fewer */
  root(size = this.size): Uint8Array {
    this.#require(size <= this.size);
    return size === 0 ? emptyRoot(this.#sha256) : this.#range(0, size);
  }

  /** Proof that leaf `index` stands in the tree of the first `size` leaves (RFC 6962, 2.1.1). @throws RangeError */
  inclusion(index: number, size = this.size): Uint8Array[] {
    this.#require(size <= this.size && index >= 0 && index < size);
    const proof: Uint8Array[] = [];
    let [start, end] = [0, size];
    while (end - start > 1) {
      const split = start + largestPowerBelow(end - start);
      if (index < split) {
        proof.unshift(this.#range(split, end));
        end = split;
      } else {
        proof.unshift(this.#range(start, split));
        start = split;
      }
    }
    return proof;
  }

  /** Proof that the tree of `later` leaves begins with that of `earlier` ones (RFC 6962, 2.1.2). @throws RangeError */
  consistency(earlier: number, later = this.size): Uint8Array[] {
    this.#require(later <= this.size && earlier >= 0 && earlier <= later);
    if (earlier === 0 || earlier === later) return [];
    const proof: Uint8Array[] = [];
    let [start, end] = [0, later];
    // The node where the earlier tree ends: one whose root the verifier knows needs not be said.
    while (end !== earlier) {
      const split = start + largestPowerBelow(end - start);
      if (earlier <= split) {
        proof.unshift(this.#range(split, end));
        end = split;
      } else {
        proof.unshift(this.#range(start, split));
        start = split;
      }
    }
    return start === 0 ? proof : [this.#range(start, end), ...proof];
  }

  /** Root over the leaves from `start` up to `end`; `start` is a multiple of a power of two that is not smaller. */
  #range(start: number, end: number): Uint8Array {
    const count = end - start;
    const height = Math.round(Math.log2(count));
    if (2 ** height === count) return (this.#levels[height] as Level).at(start / count);
    const split = start + largestPowerBelow(count);
    return nodeHash(this.#range(start, split), this.#range(split, end), this.#sha256);
  }

  #require(isInside: boolean): void {
    if (!isInside) throw new RangeError("The tree has no such leaves.");
  }
}

/** Hashes one behind the other in one block of memory that doubles when it is full. */
class Level {
  length = 0;
  #bytes = new Uint8Array(8 * HASH_LENGTH);

  push(hash: Uint8Array): void {
    const at = this.length * HASH_LENGTH;
    if (at === this.#bytes.length) {
      const larger = new Uint8Array(2 * at);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, at);
    this.length++;
  }

  at(index: number): Uint8Array {
    return this.#bytes.slice(index * HASH_LENGTH, (index + 1) * HASH_LENGTH);
  }
}

/** The largest power of two that is smaller than a count of at least two. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (2 * power < count) power *= 2;
  return power;
}
