import { Failure } from "@/lib/contracts/failure";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import {
  buildManifest,
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
import { tooLargeBecause } from "@/lib/domain/pack/size";
import { fromBase64, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { readVerifier } from "@/lib/render/zip/verifier-program";
import { writeZip } from "@/lib/render/zip/write-zip";
import type { ExportRun } from "@/lib/services/export/export-run";
import { FINISHED_FILE } from "@/lib/services/export/finished-file";
import { readStretch } from "@/lib/services/export/gather";
import { gatherPack, type PackedEvidence, type PackStretch } from "@/lib/services/export/gather-pack";
import { packProofs } from "@/lib/services/export/pack-proofs";
import { fileNamePart } from "@/lib/services/export/pdf-file";
import type { PackPlan } from "@/lib/services/export/plan-pack";
import { makeSealedPdf } from "@/lib/services/export/seal-pdf";
import { requireNoGap } from "@/lib/services/gap/gap-state";
import { requestCheckpoint } from "@/lib/services/trail/checkpoints";
import { sha256 } from "@/lib/signing/node-crypto";
import type { BlobStore } from "@/lib/storage/blob-store";
import type { LaidFile } from "@/lib/storage/job-folder";
import { isWhole, NotAsExpected, readChecked } from "@/lib/storage/verified";

/** A pack that lies finished in its job's folder, and what the event of its sealing tells. */
export interface MadePack extends LaidFile {
  readonly name: string;
  readonly checkpointSize: number;
  readonly manifestSha256: string;
}

/** Outcomes beside those of the stretches and the renderings. */
const SINGLE_PARTS = 9;
/** The verifier and the README, for which the limit of an archive leaves room. */
const CLOSING_FILES = 2;

/**
 * Makes the proof pack of an engagement: every decision with the revision, evidence and discussion it rests on, with
 * proofs that the trail holds it. The plan, what was gathered, the checkpoint with the keys and the signature are kept as
 * outcomes, and everything else follows from them: so the file is the same however often it was interrupted.
 * @throws Failure unavailable without the signer; blocked when nothing was decided; too_large before anything is drawn or
 * signed for a pack that no archive holds; as the parts do
 */
export async function makePack(run: ExportRun, store: BlobStore, verifyUrl: string): Promise<MadePack> {
  const { signer } = run.context;
  await requireNoGap(run.context);
  run.expect(SINGLE_PARTS);
  const { plan, stretches } = await gatherPack(run);
  const made = new Date(plan.made);
  const gathered = await takeTexts(run, stretches);
  run.expect(gathered.texts.length + SINGLE_PARTS);
  const { checkpoint, keys } = await run.json("checkpoint", "checkpoint.json", async () => ({
    checkpoint: await requestCheckpoint(run.context, plan.logId),
    keys: await signer.keys(),
  }));
  const proofs = await packProofs(run, plan, checkpoint);
  const { evidence, omissions } = await wholeFiles(run, store, gathered, plan.omissions);
  const known = [
    ...proofs,
    ...keyFiles(keys, sha256),
    fileOf(PLACES.checkpoint, checkpoint.note, sha256),
    ...gathered.texts,
    ...statementFiles(gathered.statements),
  ];
  requireRoom(known, evidence, gathered.texts.length + CLOSING_FILES);
  const drawn = [...known, ...(await renderings(run, plan, stretches))];
  requireRoom(drawn, evidence, CLOSING_FILES);
  const files: PackFile[] = [...drawn, ...evidence.map((file) => packedEvidence(run, store, file))];
  const verifier = fileOf(PLACES.verifier, await run.bytes("manifest", "verify.mjs", readVerifier), sha256);
  const rootKeyId = rootKeyIdOf(keys.keySet, sha256);
  const { entityName, engagementName, service } = plan;
  const words = { entityName, engagementName, made, rootKeyId, verifierSha256: verifier.sha256, verifyUrl, omissions };
  files.push(verifier, await readme(run, words));
  const content = { service, engagementId: run.row.engagementId, made, files, omissions };
  const manifest = buildManifest({ ...content, checkpoint: checkpoint.note, keySet: keys.keySet }, sha256);
  const signature = await signManifest(run, manifest, keys.keySet);
  const archived = () => writeZip([...files, ...manifestFiles(manifest, signature, sha256)]);
  const laid = await run.stream("archive", FINISHED_FILE, archived).catch((error: unknown) => {
    throw error instanceof NotAsExpected ? evidenceLost() : error;
  });
  const name = `pack-${fileNamePart(entityName)}-${plan.made.slice(0, 10)}.zip`;
  return { ...laid, name, checkpointSize: checkpoint.size, manifestSha256: toHex(sha256(manifest)) };
}

/** What is kept of everything that was gathered: texts and models stay in the job's folder until their turn comes. */
interface Kept extends Omit<PackStretch, "revisions"> {
  /** The exact bytes that were frozen and signed. */
  readonly texts: readonly PackFile[];
}

async function takeTexts(run: ExportRun, stretches: readonly string[]): Promise<Kept> {
  const texts: PackFile[] = [];
  const statements: PackStretch["statements"][number][] = [];
  const evidence = new Map<string, PackedEvidence>();
  const omissions = new Map<string, Omission>();
  for (const path of stretches) {
    const stretch = await readStretch<PackStretch>(run, path);
    for (const { document, content } of stretch.revisions) {
      const name = `texts/${document.id}-${document.revision}.json`;
      const file = fileOf(revisionPath(document), await run.folder.bytes(name, () => utf8(content)), sha256);
      texts.push({ ...file, content: () => run.folder.reading(name) });
    }
    statements.push(...stretch.statements);
    // Worksheets of two stretches may name the same file.
    for (const file of stretch.evidence) evidence.set(file.sha256, file);
    for (const omission of stretch.omissions) omissions.set(omission.what, omission);
  }
  return { texts, statements, evidence: [...evidence.values()], omissions: [...omissions.values()] };
}

/** The exact bytes of the statements, and those of the discussions. */
function statementFiles(statements: PackStretch["statements"]): PackFile[] {
  const comments = new Map(
    statements.map((one) => {
      const file = fileOf(commentsPath(toHex(sha256(utf8(one.comments)))), one.comments, sha256);
      return [file.path, file];
    }),
  );
  return [
    ...statements.map((one) => fileOf(statementPath(one.statementSha256), one.envelope, sha256)),
    ...comments.values(),
  ];
}

/** The sealed PDFs, each an outcome of its own, which are read again from the folder when their turn in the archive comes. */
async function renderings(run: ExportRun, plan: PackPlan, stretches: readonly string[]): Promise<PackFile[]> {
  const files: PackFile[] = [];
  const made = new Date(plan.made);
  for (const path of stretches) {
    const { revisions } = await readStretch<PackStretch>(run, path);
    for (const { document, job } of revisions) {
      const name = `pdf/${document.id}-${document.revision}.pdf`;
      // The logo is in the plan alone: with each of them a stretch would hold it hundreds of times.
      const whole = { ...job, logo: plan.logo ?? undefined };
      const make = (out: string) => makeSealedPdf(run.context, whole, made, out, run.signal);
      const { size, sha256: digest } = await run.file("render", name, make);
      files.push({
        path: revisionPath(document, "pdf"),
        size,
        sha256: digest,
        compress: false,
        content: () => run.folder.reading(name),
      });
    }
  }
  return files;
}

/** Files that are whole go in; damaged ones are named instead, before anything is sealed. */
function wholeFiles(
  run: ExportRun,
  store: BlobStore,
  gathered: Pick<PackStretch, "evidence" | "omissions">,
  planned: readonly Omission[],
): Promise<{ readonly evidence: readonly PackedEvidence[]; readonly omissions: readonly Omission[] }> {
  return run.json("evidence", "evidence.json", async () => {
    const [evidence, omissions] = [[] as PackedEvidence[], [...planned, ...gathered.omissions]];
    for (const file of gathered.evidence) {
      await run.begin("evidence");
      if (await isWhole(store, file.key, file, run.signal)) evidence.push(file);
      else omissions.push({ what: evidencePath(file.sha256), reason: heldBecause("damaged") ?? "It is damaged." });
    }
    return { evidence, omissions };
  });
}

/** @param coming how many more files there will be @throws Failure too_large */
function requireRoom(others: readonly PackFile[], evidence: readonly PackedEvidence[], coming: number): void {
  const reason = tooLargeBecause(others, evidence, coming);
  if (reason !== null) throw new Failure("too_large", reason);
}

/** It was whole when the manifest was written, which names it. */
function evidenceLost(): Failure {
  return new Failure(
    "file_damaged",
    "A file of evidence was damaged or removed while this pack was made. Ask for it again: a new one leaves the file out, and says so.",
  );
}

function packedEvidence(run: ExportRun, store: BlobStore, file: PackedEvidence): PackFile {
  return evidenceFile(file, async () => {
    const bytes = await readChecked(store, file.key, file, run.signal);
    if (!bytes) throw evidenceLost();
    return bytes;
  });
}

async function readme(run: ExportRun, words: Parameters<typeof readmeText>[0]): Promise<PackFile> {
  const bytes = await run.bytes("manifest", "readme.txt", () => utf8(readmeText(words)));
  return fileOf(PLACES.readme, bytes, sha256);
}

/** A signature that was made is used again, and only for the manifest that it was made for. */
async function signManifest(run: ExportRun, manifest: Uint8Array, keySet: string) {
  const kept = await run.bytes("manifest", "manifest.json", () => manifest);
  if (!Buffer.from(kept).equals(manifest))
    throw new Error("The parts of a pack do not give the manifest it began with.");
  const { keyid, sig } = await run.json("sign", "signature.json", async () => {
    const { signer } = run.context;
    // A key that was replaced since could not sign as of then, and its seals would not be those of the list.
    if ((await signer.keys()).keySet !== keySet) {
      throw new Failure("wrong_state", "A signing key was replaced while this pack was made. Ask for it again.");
    }
    return signer.statement(PACK_TYPE, manifest);
  });
  return { keyid, sig: fromBase64(sig) ?? new Uint8Array() };
}
