import { type ChainProgress, entryHash, verifyHead, verifyStretch } from "@/lib/domain/audit/chain";
import { sameBytes } from "@/lib/domain/proof/bytes";
import { appendLeaf, type Frontier, frontierRoot } from "@/lib/domain/proof/frontier";
import { leafHash } from "@/lib/domain/proof/merkle";
import { sha256, sha256Quick } from "@/lib/signing/node-crypto";
import type { Chains, StoredChain } from "./chains";
import { Refusal } from "./refusal";
import type { Tree } from "./trees";

/** Events read at once. */
const STRETCH = 5_000;

/** A chain that does not extend what the signer holds of it. */
export class NotExtended extends Refusal {}

/** What a chain has to give at a size on the way: a checkpoint that was signed before. */
export interface Mark {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Follows a chain from the signer's copy to its stored end. Every hash is computed anew from the stored bytes; the event
 * where the copy ends has to have the hash that the copy has.
 * @param mark for a copy that is begun again
 * @throws NotExtended with the first thing that is wrong
 */
export async function extend(
  chains: Chains,
  chain: StoredChain,
  tree: Tree,
  mark: Mark | null = null,
): Promise<Pick<Tree, "frontier" | "head">> {
  const { logId } = chain;
  const wrong = (reason: string) => new NotExtended("refused", reason, logId);
  const held = tree.frontier.size;
  const signed = mark?.size ?? 0;
  if (chain.size < signed) {
    throw wrong(`The chain had ${signed} events when it was signed last, and has ${chain.size} now.`);
  }
  await requireBeginning(chains, chain, tree);
  let frontier: Frontier = tree.frontier;
  let progress: ChainProgress = { nextSeq: BigInt(held), lastHash: tree.head };
  while (frontier.size < chain.size) {
    const links = await chains.stretch(logId, frontier.size, Math.min(STRETCH, chain.size - frontier.size));
    if (links.length === 0) throw wrong(`The chain should have ${chain.size} events and has ${frontier.size}.`);
    const verdict = verifyStretch(links, progress, sha256Quick);
    if (!verdict.holds) throw wrong(verdict.problem);
    progress = verdict.progress;
    for (const { entryHash: entry } of links) {
      frontier = appendLeaf(frontier, leafHash(entry, sha256), sha256);
      if (frontier.size === mark?.size && !sameBytes(frontierRoot(frontier, sha256), mark.root)) {
        throw wrong(`The first ${mark.size} events are not those that were signed: the history was written anew.`);
      }
    }
  }
  const end = verifyHead(progress, { size: BigInt(chain.size), head: chain.head });
  if (!end.holds) throw wrong(end.problem);
  return { frontier, head: progress.lastHash };
}

/**
 * Looks whether a chain still begins with what was signed of it: it is no shorter, and the last event that was signed is
 * where it was.
 * @throws NotExtended
 */
export async function requireBeginning(chains: Chains, chain: StoredChain, tree: Tree): Promise<void> {
  const { logId } = chain;
  const wrong = (reason: string) => new NotExtended("refused", reason, logId);
  const held = tree.frontier.size;
  if (chain.size < held) {
    throw wrong(`The chain had ${held} events when it was signed last, and has ${chain.size} now.`);
  }
  if (held > 0) await requireHead(chains, logId, tree, wrong);
}

async function requireHead(
  chains: Chains,
  logId: string,
  tree: Tree,
  wrong: (reason: string) => NotExtended,
): Promise<void> {
  const last = tree.frontier.size - 1;
  const [link] = await chains.stretch(logId, last, 1);
  if (link?.seq !== BigInt(last)) throw wrong(`Event ${last}, which was signed, is missing.`);
  const stored = entryHash(link.seq, link.prevHash, link.payloadHash, sha256);
  if (!sameBytes(stored, tree.head) || !sameBytes(link.entryHash, tree.head)) {
    throw wrong(`Event ${last} is not the one that was signed: the history was written anew.`);
  }
}
