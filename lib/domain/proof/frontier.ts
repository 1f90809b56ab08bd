import type { Sha256 } from "@/lib/domain/audit/chain";
import { emptyRoot, isSize, nodeHash } from "./merkle";

/**
 * A tree as far as it is needed to let it grow: the roots of its largest whole subtrees from left to right, one for each
 * bit that is set in its size. It takes O(log n) memory, and the leaves behind it are not needed any more.
 */
export interface Frontier {
  readonly size: number;
  readonly nodes: readonly Uint8Array[];
}

/** The tree without leaves. */
export const EMPTY_FRONTIER: Frontier = { size: 0, nodes: [] };

/** The tree with one more leaf, given by its leaf hash. */
export function appendLeaf({ size, nodes }: Frontier, leaf: Uint8Array, sha256: Sha256): Frontier {
  const grown = [...nodes];
  let hash = leaf;
  // Each bit that carries joins two whole subtrees of one height.
  for (let left = size; left % 2 === 1; left = (left - 1) / 2) {
    hash = nodeHash(grown.pop() as Uint8Array, hash, sha256);
  }
  grown.push(hash);
  return { size: size + 1, nodes: grown };
}

/** The root of the tree. */
export function frontierRoot({ nodes }: Frontier, sha256: Sha256): Uint8Array {
  if (nodes.length === 0) return emptyRoot(sha256);
  return nodes.reduceRight((right, left) => nodeHash(left, right, sha256));
}

/** Whether size and nodes belong together, for a frontier that was read from somewhere. */
export function isFrontier({ size, nodes }: Frontier): boolean {
  if (!isSize(size) || nodes.some((node) => node.length !== 32)) return false;
  let bits = 0;
  for (let left = size; left > 0; left = Math.floor(left / 2)) bits += left % 2;
  return bits === nodes.length;
}
