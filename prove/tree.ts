import { createHash } from "node:crypto";
import { fromHex, toHex } from "@/lib/domain/proof/bytes";
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from "@/lib/domain/proof/frontier";
import { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from "@/lib/domain/proof/merkle";
import { CONSISTENCY, INCLUSION, LEAVES, ROOTS } from "@/lib/domain/proof/merkle.fixture";
import { MerkleTree } from "@/lib/domain/proof/tree";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const MOST = 128;

/**
 * The tree of RFC 6962: the reference vectors; every proof of inclusion (i, n) and of consistency (m, n) up to 128 leaves
 * is what the RFC's own recursion gives, verifies, and is refused once anything of it is changed.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  checkVectors(findings);
  const leaves = Array.from({ length: MOST }, (_, at) => leafHash(Uint8Array.of(at >> 8, at & 255), sha256));
  const tree = new MerkleTree(sha256);
  for (const leaf of leaves) tree.append(leaf);
  checkRoots(leaves, tree, findings);
  const proofs = checkAll(leaves, tree, findings);
  const rounds = short ? 2_000 : 20_000;
  const random = new Random(seed);
  for (let round = 0; round < rounds; round++) {
    tryInclusion(leaves, tree, random, findings);
    tryConsistency(tree, random, findings);
  }
  const vectors = ROOTS.length + INCLUSION.length + CONSISTENCY.length;
  return findings.result(
    `${vectors} reference vectors, ${proofs} proofs for all (i, n) and (m, n) up to ${MOST} leaves, ${2 * rounds} changed proofs refused`,
  );
};

function checkVectors(findings: Findings): void {
  const tree = new MerkleTree(sha256);
  for (const data of LEAVES) tree.append(leafHash(bytesOf(data), sha256));
  for (const [size, root] of ROOTS.entries()) findings.expect(toHex(tree.root(size)) === root, `root of ${size}`);
  for (const { index, size, proof } of INCLUSION) {
    findings.expect(same(tree.inclusion(index, size), proof.map(bytesOf)), `inclusion vector ${index} of ${size}`);
  }
  for (const { earlier, later, proof } of CONSISTENCY) {
    findings.expect(same(tree.consistency(earlier, later), proof.map(bytesOf)), `consistency ${earlier} to ${later}`);
  }
}

function checkRoots(leaves: readonly Uint8Array[], tree: MerkleTree, findings: Findings): void {
  let frontier: Frontier = EMPTY_FRONTIER;
  for (let size = 0; size <= MOST; size++) {
    const root = treeHash(leaves.slice(0, size));
    findings.expect(same([tree.root(size), frontierRoot(frontier, sha256)], [root, root]), `root of ${size} leaves`);
    const next = leaves[size];
    if (next) frontier = appendLeaf(frontier, next, sha256);
  }
}

/** Makes every proof in both ways and verifies it. @returns how many there are */
function checkAll(leaves: readonly Uint8Array[], tree: MerkleTree, findings: Findings): number {
  let count = 0;
  for (let size = 0; size <= MOST; size++) {
    const some = leaves.slice(0, size);
    const root = tree.root(size);
    for (let index = 0; index < size; index++) {
      const proof = tree.inclusion(index, size);
      findings.expect(same(proof, path(index, some)), `inclusion of ${index} in ${size} is not the RFC's`);
      const holds = verifyInclusion(some[index] as Uint8Array, index, size, proof, root, sha256);
      findings.expect(holds, `inclusion of ${index} in ${size} does not verify`);
    }
    for (let earlier = 0; earlier <= size; earlier++) {
      const proof = tree.consistency(earlier, size);
      const expected = earlier === 0 ? [] : subproof(earlier, some, true);
      findings.expect(same(proof, expected), `consistency of ${earlier} with ${size} is not the RFC's`);
      const holds = verifyConsistency(earlier, size, proof, tree.root(earlier), root, sha256);
      findings.expect(holds, `consistency of ${earlier} with ${size} does not verify`);
    }
    count += 2 * size + 1;
  }
  return count;
}

function tryInclusion(leaves: readonly Uint8Array[], tree: MerkleTree, random: Random, findings: Findings): void {
  const size = 1 + random.int(MOST);
  const index = random.int(size);
  const bad = mutate(tree.inclusion(index, size), random);
  const holds = verifyInclusion(leaves[index] as Uint8Array, index, size, bad, tree.root(size), sha256);
  findings.expect(!holds, `a changed proof of ${index} in ${size} verifies`);
}

function tryConsistency(tree: MerkleTree, random: Random, findings: Findings): void {
  const later = 1 + random.int(MOST);
  const earlier = 1 + random.int(later);
  const bad = mutate(tree.consistency(earlier, later), random);
  const holds = verifyConsistency(earlier, later, bad, tree.root(earlier), tree.root(later), sha256);
  findings.expect(!holds, `a changed proof of ${earlier} to ${later} verifies`);
}

/** A proof with one bit flipped, or one hash removed, doubled or added. */
function mutate(proof: readonly Uint8Array[], random: Random): Uint8Array[] {
  const at = random.int(Math.max(1, proof.length));
  const hash = proof[at];
  const how = random.int(6);
  if (hash === undefined || how === 0) return proof.toSpliced(at, 0, sha256(Uint8Array.of(random.int(256))));
  if (how === 1) return proof.toSpliced(at, 1);
  if (how === 2) return proof.toSpliced(at, 0, hash);
  const [byte, bit] = [random.int(32), 1 << random.int(8)];
  return proof.with(
    at,
    hash.map((value, place) => (place === byte ? value ^ bit : value)),
  );
}

// The definitions of RFC 6962, 2.1, word for word, as something to compare with.

function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return emptyRoot(sha256);
  if (leaves.length === 1) return first;
  const k = split(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)), sha256);
}

function path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...path(m, leaves.slice(0, k)), treeHash(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), treeHash(leaves.slice(0, k))];
}

function subproof(m: number, leaves: readonly Uint8Array[], isWhole: boolean): Uint8Array[] {
  if (m === leaves.length) return isWhole ? [] : [treeHash(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), isWhole), treeHash(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), treeHash(leaves.slice(0, k))];
}

function split(length: number): number {
  return 2 ** Math.ceil(Math.log2(length) - 1);
}

function same(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.map(toHex).join() === b.map(toHex).join();
}

function bytesOf(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array(0);
}
