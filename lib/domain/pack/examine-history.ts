import { sameBytes } from "@/lib/domain/proof/bytes";
import type { Checkpoint } from "@/lib/domain/proof/checkpoint";
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from "@/lib/domain/proof/frontier";
import { verifyConsistency } from "@/lib/domain/proof/merkle";
import type { Ledger } from "./checks";
import { leadsTo, type VouchedKeys } from "./examine-keys";
import { filesOf, type OpenedPack } from "./examine-parts";
import { PLACES, placeOf, type Role } from "./layout";
import type { PackTools } from "./passkey";
import { type ConsistencyProof, parseConsistencyProof } from "./proofs";

/** An older pack that was found intact. */
export interface OlderPack {
  readonly pack: OpenedPack;
  readonly keys: VouchedKeys;
  readonly checkpoint: Checkpoint;
}

/** What never changes once it is there. */
const LASTING: readonly Role[] = ["revision", "event"];
const LEAF = 32;

/** Checks the proofs of consistency and the leaves in a pack, as far as there are any, by themselves. */
export function examineHistory(
  pack: OpenedPack,
  checkpoint: Checkpoint,
  ledger: Ledger,
  { sha256 }: PackTools,
): readonly ConsistencyProof[] {
  ledger.begin("history");
  const proofs: ConsistencyProof[] = [];
  for (const { path, bytes } of filesOf(pack, "consistency")) {
    const read = parseConsistencyProof(bytes);
    if (!read.ok) {
      ledger.fail(`A proof of consistency cannot be read: ${read.error}.`, path);
      continue;
    }
    const { oldSize, newSize, oldRoot, proof } = read.value;
    const isNamed = path === `consistency/${oldSize}-${newSize}.json` && newSize === checkpoint.size;
    const holds = isNamed && verifyConsistency(oldSize, newSize, proof, oldRoot, checkpoint.root, sha256);
    if (holds) proofs.push(read.value);
    else ledger.fail(`The trail does not go on from its first ${oldSize} events.`, path);
  }
  const leaves = pack.files.get(PLACES.leaves)?.bytes;
  if (leaves && !isTreeOf(leaves, checkpoint, sha256)) {
    ledger.fail("The leaves are not those of the checkpoint's tree.", PLACES.leaves);
  }
  return proofs;
}

function isTreeOf(leaves: Uint8Array, { size, root }: Checkpoint, sha256: PackTools["sha256"]): boolean {
  return leaves.length === LEAF * size && sameBytes(rootOfFirst(leaves, size, sha256), root);
}

function rootOfFirst(leaves: Uint8Array, size: number, sha256: PackTools["sha256"]): Uint8Array {
  let frontier: Frontier = EMPTY_FRONTIER;
  for (let at = 0; at < size; at++) {
    frontier = appendLeaf(frontier, leaves.subarray(at * LEAF, (at + 1) * LEAF), sha256);
  }
  return frontierRoot(frontier, sha256);
}

/** Checks that a pack's trail begins with the whole trail of an older pack of the same service, unchanged. */
export function examineExtension(
  newer: OlderPack,
  older: OlderPack,
  proofs: readonly ConsistencyProof[],
  ledger: Ledger,
  { sha256 }: PackTools,
): void {
  const { checkpoint: now } = newer;
  const { checkpoint: then } = older;
  if (now.origin !== then.origin) {
    ledger.fail("The two packs are of different trails.");
    return;
  }
  if (!leadsTo(older.keys.root.id, newer.keys.root.id, newer.keys.handOvers)) {
    ledger.fail("The two packs have different root keys.");
  }
  if (newer.keys.set.number < older.keys.set.number) ledger.fail("The list of keys is older than the older pack's.");
  if (now.size < then.size) {
    ledger.fail(`The trail has ${now.size} events here, and had ${then.size} in the older pack: its end was cut off.`);
    return;
  }
  examineLasting(newer.pack, older.pack, ledger);
  const leaves = newer.pack.files.get(PLACES.leaves)?.bytes;
  const proof = proofs.find(({ oldSize }) => oldSize === then.size);
  if (now.size !== then.size && !leaves && !proof) {
    ledger.lack(`There is no proof that the trail goes on from its first ${then.size} events.`);
    return;
  }
  const root = now.size === then.size ? now.root : leaves ? rootOfFirst(leaves, then.size, sha256) : proof?.oldRoot;
  if (!root || !sameBytes(root, then.root)) {
    ledger.fail(`The first ${then.size} events of the trail are not those of the older pack: history was rewritten.`);
  }
}

function examineLasting(newer: OpenedPack, older: OpenedPack, ledger: Ledger): void {
  for (const [path, { sha256 }] of older.files) {
    const role = placeOf(path)?.role;
    const now = newer.files.get(path);
    if (now && role && LASTING.includes(role) && now.sha256 !== sha256) {
      ledger.fail(`${path} differs from the one in the older pack.`, path);
    }
  }
}
