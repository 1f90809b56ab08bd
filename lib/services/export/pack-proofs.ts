import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import { readChain, statementEvents } from "@/lib/data/trail";
import { consistencyFiles, eventFiles, fileOf, type PackFile } from "@/lib/domain/pack/build";
import { fromBase64, toBase64, toHex } from "@/lib/domain/proof/bytes";
import { leafHash } from "@/lib/domain/proof/merkle";
import { MerkleTree } from "@/lib/domain/proof/tree";
import type { ExportRun } from "@/lib/services/export/export-run";
import type { PackPlan } from "@/lib/services/export/plan-pack";
import { sha256 } from "@/lib/signing/node-crypto";
import type { SignedCheckpoint } from "@/lib/signing/protocol";

/** Events of a chain that are read at a time. */
const STRETCH = 20_000;

/**
 * The events of the decisions, with proofs that they stand in the trail, and that it goes on from earlier packs.
 * @throws Failure unavailable when the stored trail is not the one that was signed
 */
export async function packProofs(
  run: ExportRun,
  plan: PackPlan,
  { size, root }: SignedCheckpoint,
): Promise<PackFile[]> {
  const { context, row } = run;
  const { engagementId } = row;
  const kept = await run.json("proofs", "proofs.json", async () => {
    const tree = await treeOf(context, engagementId, plan.logId, size);
    if (toHex(tree.root(size)) !== root) {
      throw new Failure("blocked", "The trail is not the one that was signed. An operator has to look into it.");
    }
    const packed = new Set(plan.worksheets.flatMap(({ statements }) => statements));
    const decided = await readScope(context, "workbook.export", { engagementId }, (tx) =>
      statementEvents(tx, plan.logId),
    );
    const events = decided.filter(({ seq, statementSha256 }) => seq < size && packed.has(statementSha256));
    const files = [...eventFiles(events, tree, size, sha256), ...consistencyFiles(plan.earlier, tree, size, sha256)];
    return files.map(({ path, content }) => ({
      path,
      base64: toBase64(content instanceof Uint8Array ? content : new Uint8Array()),
    }));
  });
  return kept.map(({ path, base64 }) => fileOf(path, fromBase64(base64) ?? new Uint8Array(), sha256));
}

/** The tree over a chain, however long: each stretch in a transaction of its own, since events never change. */
async function treeOf(context: ServiceContext, engagementId: string, logId: string, size: number): Promise<MerkleTree> {
  const tree = new MerkleTree(sha256);
  while (tree.size < size) {
    const count = Math.min(STRETCH, size - tree.size);
    const links = await readScope(context, "workbook.export", { engagementId }, (tx) =>
      readChain(tx, logId, BigInt(tree.size), count),
    );
    if (links.length === 0) throw new Failure("blocked", "The trail is shorter than what was signed of it.");
    for (const { entryHash } of links) tree.append(leafHash(entryHash, sha256));
  }
  return tree;
}
