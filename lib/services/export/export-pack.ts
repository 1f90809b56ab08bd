import type { Readable } from "node:stream";
import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope, readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import { readServiceId } from "@/lib/data/checkpoints";
import { packedSizes, readChain, statementEvents } from "@/lib/data/trail";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import {
  buildManifest,
  consistencyFiles,
  eventFiles,
  evidenceFile,
  fileOf,
  keyFiles,
  manifestFiles,
  type PackFile,
  rootKeyIdOf,
} from "@/lib/domain/pack/build";
import { commentsPath, evidencePath, PLACES, revisionPath, statementPath } from "@/lib/domain/pack/layout";
import { type Omission, PACK_TYPE } from "@/lib/domain/pack/manifest";
import { readmeText } from "@/lib/domain/pack/readme";
import { fromBase64, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { leafHash } from "@/lib/domain/proof/merkle";
import { MerkleTree } from "@/lib/domain/proof/tree";
import { readVerifier } from "@/lib/render/zip/verifier-program";
import { writeZip } from "@/lib/render/zip/write-zip";
import { type Gathered, gatherPack, type PackedEvidence } from "@/lib/services/export/gather-pack";
import { fileNamePart, makePdf } from "@/lib/services/export/pdf-file";
import { requireNoGap } from "@/lib/services/gap/gap-state";
import { requestCheckpoint } from "@/lib/services/trail/checkpoints";
import { sha256 } from "@/lib/signing/node-crypto";
import type { SignedCheckpoint } from "@/lib/signing/protocol";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";
import { isWhole, readChecked } from "@/lib/storage/verified";

/** A pack on its way out. The stream breaks off when a part cannot be read: half a pack never looks like a whole one. */
export interface PackStream {
  readonly name: string;
  readonly stream: Readable;
}

/** Events of a chain that are read at a time. */
const STRETCH = 20_000;

/**
 * The proof pack of an engagement: every decision with the revision, evidence and discussion it rests on, with proofs that
 * the trail holds it. That it was sealed is an event before its first byte is handed out.
 * @throws Failure unavailable without the signer, blocked when nothing was decided yet
 */
export async function exportPack(
  context: ServiceContext,
  { store }: EvidenceFiles,
  engagementId: string,
  signal: AbortSignal,
): Promise<PackStream> {
  const made = context.clock();
  await requireNoGap(context);
  const gathered = await gather(context, engagementId);
  const { logId, entityName, engagementName } = gathered;
  const checkpoint = await requestCheckpoint(context, logId);
  const keys = await context.signer.keys();
  const proofs = await readProofs(context, engagementId, logId, checkpoint, gathered);
  const { evidence, omissions } = await wholeFiles(store, gathered);
  const files: PackFile[] = [
    ...proofs.files,
    ...keyFiles(keys, sha256),
    fileOf(PLACES.checkpoint, checkpoint.note, sha256),
    ...recordFiles(gathered),
    ...(await renderings(gathered, signal)),
    ...evidence.map((file) =>
      evidenceFile(file, async () => {
        const bytes = await readChecked(store, file.key, file);
        if (!bytes) throw new Error("A file of the evidence is damaged.");
        return bytes;
      }),
    ),
  ];
  const verifier = fileOf(PLACES.verifier, await readVerifier(), sha256);
  const rootKeyId = rootKeyIdOf(keys.keySet, sha256);
  const verifyUrl = `${context.url}/verify`;
  const words = { entityName, engagementName, made, rootKeyId, verifierSha256: verifier.sha256, verifyUrl, omissions };
  files.push(verifier, fileOf(PLACES.readme, readmeText(words), sha256));
  const content = { service: proofs.service, engagementId, made, files, omissions };
  const manifest = buildManifest({ ...content, checkpoint: checkpoint.note, keySet: keys.keySet }, sha256);
  const { keyid, sig } = await context.signer.statement(PACK_TYPE, manifest);
  const signature = { keyid, sig: fromBase64(sig) ?? new Uint8Array() };
  await recordSealed(context, engagementId, checkpoint.size, toHex(sha256(manifest)));
  return {
    name: `pack-${fileNamePart(entityName)}-${made.toISOString().slice(0, 10)}.zip`,
    stream: writeZip([...files, ...manifestFiles(manifest, signature, sha256)]),
  };
}

type GatheredHere = Gathered & {
  readonly logId: string;
  readonly entityName: string;
  readonly engagementName: string;
};

function gather(context: ServiceContext, engagementId: string): Promise<GatheredHere> {
  return readScope(context, "workbook.export", { engagementId }, async (tx, grant) => {
    const gathered = await gatherPack(tx, grant);
    if (gathered.statements.length === 0) {
      throw new Failure(
        "blocked",
        "There is nothing to put into a pack for you yet: no worksheet was decided on whose history you may read.",
      );
    }
    const { entityName, name: engagementName, organisationId } = tx.engagement;
    return { ...gathered, logId: organisationLog(organisationId), entityName, engagementName };
  });
}

/** The exact bytes that were frozen and signed, and those of the discussions. */
function recordFiles({ revisions, statements }: Gathered): PackFile[] {
  const comments = new Map(
    statements.map((one) => {
      const file = fileOf(commentsPath(toHex(sha256(utf8(one.comments)))), one.comments, sha256);
      return [file.path, file];
    }),
  );
  return [
    ...revisions.map((one) => fileOf(revisionPath(one.worksheetId, one.number), one.content, sha256)),
    ...statements.map((one) => fileOf(statementPath(one.statementSha256), one.envelope, sha256)),
    ...comments.values(),
  ];
}

async function renderings({ revisions }: Gathered, signal: AbortSignal): Promise<PackFile[]> {
  const files: PackFile[] = [];
  for (const { worksheetId, number, job } of revisions) {
    const { bytes } = await makePdf({ job, name: "" }, signal);
    files.push(fileOf(revisionPath(worksheetId, number, "pdf"), new Uint8Array(bytes), sha256));
  }
  return files;
}

/** Files that are whole go in; damaged ones are named instead, before anything is sealed. */
async function wholeFiles(
  store: EvidenceFiles["store"],
  gathered: Gathered,
): Promise<{ readonly evidence: PackedEvidence[]; readonly omissions: Omission[] }> {
  const [evidence, omissions] = [[] as PackedEvidence[], [...gathered.omissions]];
  for (const file of gathered.evidence) {
    if (await isWhole(store, file.key, file)) evidence.push(file);
    else omissions.push({ what: evidencePath(file.sha256), reason: heldBecause("damaged") ?? "It is damaged." });
  }
  return { evidence, omissions };
}

/** The events of the decisions, with proofs that they stand in the trail, and that it goes on from earlier packs. */
async function readProofs(
  context: ServiceContext,
  engagementId: string,
  logId: string,
  { size, root }: SignedCheckpoint,
  { statements }: Gathered,
): Promise<{ readonly files: PackFile[]; readonly service: string }> {
  const tree = await treeOf(context, engagementId, logId, size);
  if (toHex(tree.root(size)) !== root) {
    throw new Failure("unavailable", "The trail is not the one that was signed. An operator has to look into it.");
  }
  const packed = new Set(statements.map(({ statementSha256 }) => statementSha256));
  return readScope(context, "workbook.export", { engagementId }, async (tx) => {
    const decided = await statementEvents(tx, logId);
    const events = decided.filter(({ seq, statementSha256 }) => seq < size && packed.has(statementSha256));
    const earlier = await packedSizes(tx);
    const files = [...eventFiles(events, tree, size, sha256), ...consistencyFiles(earlier, tree, size, sha256)];
    return { files, service: await readServiceId(tx) };
  });
}

/** The tree over a chain, however long: each stretch in a transaction of its own, since events never change. */
async function treeOf(context: ServiceContext, engagementId: string, logId: string, size: number): Promise<MerkleTree> {
  const tree = new MerkleTree(sha256);
  while (tree.size < size) {
    const count = Math.min(STRETCH, size - tree.size);
    const links = await readScope(context, "workbook.export", { engagementId }, (tx) =>
      readChain(tx, logId, BigInt(tree.size), count),
    );
    if (links.length === 0) throw new Failure("unavailable", "The trail is shorter than what was signed of it.");
    for (const { entryHash } of links) tree.append(leafHash(entryHash, sha256));
  }
  return tree;
}

function recordSealed(
  context: ServiceContext,
  engagementId: string,
  checkpointSize: number,
  manifestSha256: string,
): Promise<void> {
  return changeScope(context, "workbook.export", { engagementId }, "none", async (tx) => {
    recordInEngagement(context, tx, { action: "pack.sealed", detail: { checkpointSize, manifestSha256 } });
  });
}
