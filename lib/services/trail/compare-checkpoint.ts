import type { ServiceContext } from "@/lib/auth/context";
import type { CheckpointComparisonDto } from "@/lib/contracts/trail";
import { readLastCheckpoint, readServiceId, type StoredCheckpoint } from "@/lib/data/checkpoints";
import { findLastKeySet } from "@/lib/data/signing-keys";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import type { ChainLink } from "@/lib/domain/audit/chain";
import { sameBytes, utf8 } from "@/lib/domain/proof/bytes";
import { originOf, verifyCheckpoint } from "@/lib/domain/proof/checkpoint";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from "@/lib/domain/proof/frontier";
import { verifyKeySet } from "@/lib/domain/proof/key-set";
import { type KeyRecord, publicBytes } from "@/lib/domain/proof/keys";
import { leafHash } from "@/lib/domain/proof/merkle";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";

/** The keys as the signer itself tells them, or null when it does not answer. */
export async function askForKeys(context: ServiceContext): Promise<readonly KeyRecord[] | null> {
  if ((await context.signer.health()) === null) return null;
  return keysIn((await context.signer.keys()).keySet);
}

/** A comparison of a chain with its newest checkpoint, while the chain is read from its beginning. */
export interface Comparison {
  /** Takes the next events of the chain. */
  take(links: readonly ChainLink[]): void;
  /** What came out; null when there is no checkpoint. */
  end(): CheckpointComparisonDto | null;
}

/**
 * Begins a comparison with the newest stored checkpoint.
 * @param asked the keys that the signer told; the recorded ones are taken when it told none
 */
export async function beginComparison(
  tx: ScopedTx | OrganisationTx,
  logId: string,
  asked: readonly KeyRecord[] | null,
): Promise<Comparison> {
  const { checkpoint } = await readLastCheckpoint(tx, logId);
  if (!checkpoint) return { take: () => undefined, end: () => null };
  const keys = asked ?? (await keysIn((await findLastKeySet(tx))?.envelope ?? ""));
  const signature = await signatureOf(checkpoint, originOf(await readServiceId(tx), logId), keys);
  let frontier: Frontier = EMPTY_FRONTIER;
  return {
    take: (links) => {
      for (const { entryHash } of links.slice(0, Math.max(0, checkpoint.size - frontier.size))) {
        frontier = appendLeaf(frontier, leafHash(entryHash, sha256), sha256);
      }
    },
    end: () => ({
      size: checkpoint.size,
      at: checkpoint.at.toISOString(),
      keyId: checkpoint.keyId,
      holds: frontier.size === checkpoint.size && sameBytes(frontierRoot(frontier, sha256), checkpoint.root),
      signature,
    }),
  };
}

/** What is wrong with a checkpoint, in words; null when nothing is. */
export function problemOf(checkpoint: CheckpointComparisonDto | null): string | null {
  if (checkpoint === null) return null;
  if (checkpoint.signature === "invalid") return "The newest checkpoint was not signed by a key of this service.";
  return checkpoint.holds
    ? null
    : `The first ${checkpoint.size} events are not those that were signed: the history was written anew.`;
}

/** What is stored beside the note has to be what the note says. */
async function signatureOf(
  checkpoint: StoredCheckpoint,
  origin: string,
  keys: readonly KeyRecord[] | null,
): Promise<CheckpointComparisonDto["signature"]> {
  if (keys === null) return "unchecked";
  const known = keys.filter(({ purpose, state }) => purpose === "checkpoint" && state !== "pre_active");
  const candidates = known.map((key) => ({ publicKey: publicBytes(key) }));
  const verdict = await verifyCheckpoint(utf8(checkpoint.note), origin, candidates, sha256, checkSignature);
  if (!verdict.ok) return "invalid";
  const isSame = verdict.value.size === checkpoint.size && sameBytes(verdict.value.root, checkpoint.root);
  return isSame ? "valid" : "invalid";
}

/** The keys in a list of them that its root has signed; null when it is none. */
export async function keysIn(envelope: string): Promise<readonly KeyRecord[] | null> {
  const read = parseEnvelope(utf8(envelope));
  const verdict = read.ok ? await verifyKeySet(read.value, sha256, checkSignature) : read;
  return verdict.ok ? verdict.value.set.keys : null;
}
