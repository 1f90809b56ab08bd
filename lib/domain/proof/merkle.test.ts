import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "@/lib/domain/proof/bytes";
import { appendLeaf, EMPTY_FRONTIER, frontierRoot, isFrontier } from "@/lib/domain/proof/frontier";
import { emptyRoot, leafHash, verifyConsistency, verifyInclusion } from "@/lib/domain/proof/merkle";
import { MerkleTree } from "@/lib/domain/proof/tree";
import { CONSISTENCY, INCLUSION, LEAVES, ROOTS } from "./merkle.fixture";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const bytes = (hex: string) => fromHex(hex) as Uint8Array;
const treeOf = (leaves: readonly Uint8Array[]) => {
  const tree = new MerkleTree(sha256);
  for (const leaf of leaves) tree.append(leaf);
  return tree;
};

describe("the vectors of certificate-transparency", () => {
  const leaves = LEAVES.map((hex) => leafHash(bytes(hex), sha256));
  const tree = treeOf(leaves);

  test("roots of all sizes, by the tree and by the frontier", () => {
    let frontier = EMPTY_FRONTIER;
    for (const [size, root] of ROOTS.entries()) {
      expect(toHex(tree.root(size))).toBe(root);
      expect(toHex(frontierRoot(frontier, sha256))).toBe(root);
      const next = leaves[size];
      if (next) frontier = appendLeaf(frontier, next, sha256);
    }
    expect(toHex(emptyRoot(sha256))).toBe(ROOTS[0]);
  });

  test.each(INCLUSION)("inclusion of leaf $index in $size", ({ index, size, proof }) => {
    expect(tree.inclusion(index, size).map(toHex)).toEqual(proof);
    const root = bytes(ROOTS[size] as string);
    expect(verifyInclusion(leaves[index] as Uint8Array, index, size, proof.map(bytes), root, sha256)).toBe(true);
  });

  test.each(CONSISTENCY)("consistency of $earlier with $later", ({ earlier, later, proof }) => {
    expect(tree.consistency(earlier, later).map(toHex)).toEqual(proof);
    const [old, now] = [bytes(ROOTS[earlier] as string), bytes(ROOTS[later] as string)];
    expect(verifyConsistency(earlier, later, proof.map(bytes), old, now, sha256)).toBe(true);
  });
});

const MOST = 40;
const numbered = Array.from({ length: MOST }, (_, at) => leafHash(Uint8Array.of(at), sha256));
const whole = treeOf(numbered);
const size = fc.integer({ min: 1, max: MOST });
const runs = { numRuns: 2_000, seed: 11 };

/** A proof with one thing of it changed: a bit, an item gone, doubled or added, two swapped. */
const mutated = (proof: readonly Uint8Array[]): fc.Arbitrary<Uint8Array[]> =>
  fc
    .record({ how: fc.nat({ max: 4 }), at: fc.nat({ max: Math.max(0, proof.length - 1) }), bit: fc.nat({ max: 255 }) })
    .map(({ how, at, bit }) => {
      const copy: Uint8Array[] = proof.map((hash) => hash.slice());
      const hash = copy[at];
      if (hash === undefined || how === 0) return copy.toSpliced(at, 0, sha256(Uint8Array.of(bit)));
      if (how === 1) return copy.toSpliced(at, 1);
      if (how === 2) return copy.toSpliced(at, 0, hash);
      if (how === 3 && at > 0) return copy.with(at, copy[at - 1] as Uint8Array).with(at - 1, hash);
      hash[bit >> 3] = (hash[bit >> 3] as number) ^ (1 << (bit & 7));
      return copy;
    });

describe("laws", () => {
  test("a changed proof of inclusion is refused, and so is the right one for another place, size, leaf or root", () => {
    const cases = size.chain((n) =>
      fc.nat({ max: n - 1 }).chain((index) => {
        const proof = whole.inclusion(index, n);
        return fc.record({
          n: fc.constant(n),
          index: fc.constant(index),
          bad: mutated(proof),
          other: fc.nat(MOST - 1),
        });
      }),
    );
    fc.assert(
      fc.property(cases, ({ n, index, bad, other }) => {
        const [leaf, root] = [numbered[index] as Uint8Array, whole.root(n)];
        const proof = whole.inclusion(index, n);
        expect(verifyInclusion(leaf, index, n, bad, root, sha256)).toBe(false);
        if (other !== index) {
          expect(verifyInclusion(leaf, other, n, proof, root, sha256)).toBe(false);
          expect(verifyInclusion(numbered[other] as Uint8Array, index, n, proof, root, sha256)).toBe(false);
        }
        if (other + 1 !== n) expect(verifyInclusion(leaf, index, n, proof, whole.root(other + 1), sha256)).toBe(false);
      }),
      runs,
    );
  });

  test("a changed proof of consistency is refused, and so is the right one for other roots", () => {
    const cases = size.chain((later) =>
      fc.integer({ min: 1, max: later }).chain((earlier) =>
        fc.record({
          earlier: fc.constant(earlier),
          later: fc.constant(later),
          bad: mutated(whole.consistency(earlier, later)),
          other: size,
        }),
      ),
    );
    fc.assert(
      fc.property(cases, ({ earlier, later, bad, other }) => {
        const [old, now] = [whole.root(earlier), whole.root(later)];
        const proof = whole.consistency(earlier, later);
        expect(verifyConsistency(earlier, later, proof, old, now, sha256)).toBe(true);
        expect(verifyConsistency(earlier, later, bad, old, now, sha256)).toBe(false);
        if (other !== earlier)
          expect(verifyConsistency(earlier, later, proof, whole.root(other), now, sha256)).toBe(false);
        if (other !== later)
          expect(verifyConsistency(earlier, later, proof, old, whole.root(other), sha256)).toBe(false);
      }),
      runs,
    );
  });

  test("numbers that are no size and hashes that are none are refused without an exception", () => {
    const [leaf] = numbered as [Uint8Array];
    for (const odd of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
      expect(verifyInclusion(leaf, odd, 8, [], leaf, sha256)).toBe(false);
      expect(verifyInclusion(leaf, 0, odd, [], leaf, sha256)).toBe(false);
      expect(verifyConsistency(odd, 8, [], leaf, leaf, sha256)).toBe(false);
      expect(verifyConsistency(1, odd, [], leaf, leaf, sha256)).toBe(false);
    }
    expect(verifyInclusion(leaf.slice(1), 0, 1, [], leaf.slice(1), sha256)).toBe(false);
    expect(verifyConsistency(2, 2, [], leaf.slice(1), leaf.slice(1), sha256)).toBe(false);
    expect(() => whole.inclusion(MOST)).toThrow(RangeError);
    expect(() => whole.consistency(3, MOST + 1)).toThrow(RangeError);
  });

  test("a frontier needs as many nodes as its size has bits", () => {
    const frontier = numbered.slice(0, 11).reduce((grown, leaf) => appendLeaf(grown, leaf, sha256), EMPTY_FRONTIER);
    expect(isFrontier(frontier)).toBe(true);
    expect(isFrontier({ ...frontier, size: 12 })).toBe(false);
    expect(isFrontier({ ...frontier, nodes: frontier.nodes.map((node) => node.slice(1)) })).toBe(false);
  });
});
