import type { Clock } from "@/lib/clock";
import { genesisHash } from "@/lib/domain/audit/chain";
import { sameBytes } from "@/lib/domain/proof/bytes";
import { sha256 } from "@/lib/signing/node-crypto";
import type { Chains, StoredChain } from "./chains";
import { NotExtended, requireBeginning } from "./extend";
import type { Refused, Tree, Trees } from "./trees";

/** The chains of the database, and those that were signed and are there no more. */
export async function allChains(chains: Chains, trees: Trees): Promise<StoredChain[]> {
  const stored = await chains.list();
  const gone = (await trees.known()).filter((logId) => !stored.some((chain) => chain.logId === logId));
  const nothing = gone.map((logId) => ({ logId, size: 0, head: genesisHash(logId, sha256), checkpointed: 0 }));
  return [...stored, ...nothing];
}

/**
 * The chains that are refused now: those found before, and those that do not begin with what was signed of them. It reads
 * one event of a chain at most, so that it can be asked before anything is signed.
 */
export async function refusedNow(chains: Chains, trees: Trees, clock: Clock): Promise<Refused[]> {
  // Asked before the copies are read: when a gap is settled meanwhile, the copy goes before the refusal does.
  const refused = new Set((await trees.allRefused()).map(({ chain }) => chain));
  const held = new Map<string, Tree>();
  for (const logId of (await trees.known()).filter((one) => !refused.has(one))) {
    // A copy that is damaged is said by whoever asks for a checkpoint.
    const tree = await trees.read(logId).catch(() => null);
    if (tree) held.set(logId, tree);
  }
  // Read after the copies: a checkpoint that is made meanwhile makes no chain look short.
  const stored = new Map((await allChains(chains, trees)).map((chain) => [chain.logId, chain]));
  for (const [logId, tree] of held) {
    const chain = stored.get(logId);
    if (!chain || (chain.size === tree.frontier.size && sameBytes(chain.head, tree.head))) continue;
    await requireBeginning(chains, chain, tree).catch((error: unknown) => {
      if (!(error instanceof NotExtended)) throw error;
      return trees.refuse({ chain: logId, reason: error.reason, at: clock().toISOString() });
    });
  }
  return trees.allRefused();
}
