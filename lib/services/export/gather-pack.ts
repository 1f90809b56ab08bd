import type { Grant } from "@/lib/auth/scope";
import { findBlob } from "@/lib/data/evidence-files";
import type { ExportRow } from "@/lib/data/exports";
import { findRevisions } from "@/lib/data/revisions";
import { listStatements, type StoredStatement } from "@/lib/data/sign-offs";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import { evidencePath, type PackedDocument } from "@/lib/domain/pack/layout";
import type { Omission } from "@/lib/domain/pack/manifest";
import { tooLargeAlone } from "@/lib/domain/pack/size";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import { contentFile } from "@/lib/services/export/content-file";
import type { ExportRun } from "@/lib/services/export/export-run";
import { type Gathered, type Gathering, gatherAtOneInstant } from "@/lib/services/export/gather";
import { type PackPlan, type PlannedDecisions, planPack } from "@/lib/services/export/plan-pack";
import { datedAt, type Printed, worksheetModels } from "@/lib/services/export/worksheet-model";
import { loadMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readSealed } from "@/lib/services/worksheet/seal";

/** A revision that somebody decided on: its exact bytes, and what its rendering is made from. */
export interface PackedRevision {
  readonly document: PackedDocument;
  readonly content: string;
  readonly job: PdfJob;
}

/** A file of evidence, and where the store keeps it. */
export interface PackedEvidence extends EvidenceFileEntry {
  readonly key: string;
}

/** What a pack holds of some worksheets, and what it leaves out and why. */
export interface PackStretch {
  readonly revisions: readonly PackedRevision[];
  readonly statements: readonly StoredStatement[];
  readonly evidence: readonly PackedEvidence[];
  readonly omissions: readonly Omission[];
}

/** A pack as it was at one instant, what is in it in files of {@link PackStretch}. */
export type GatheredPack = Gathered<PackPlan, never>;

type PackGathering = Gathering<PackPlan, PlannedDecisions, never>;

/** Fixes and gathers what goes into a pack, with the exact bytes. @throws Failure as `gatherAtOneInstant` and `planPack` */
export function gatherPack(run: ExportRun, gathering: PackGathering = packGathering(run)): Promise<GatheredPack> {
  return gatherAtOneInstant(run, gathering, () => 1);
}

/** How a pack is gathered, for somebody who asked for it so. */
export function packGathering(run: ExportRun): PackGathering {
  return {
    plan: planPack,
    items: ({ worksheets }) => worksheets,
    gather: async (tx, grant, some) => ({ laid: await gather(tx, grant, some, run.row), told: [] }),
    reached: () => run.reach("gather", 0),
  };
}

/** How the PDFs of a pack are to be. */
type PackedAs = Pick<ExportRow, "paper" | "conformance">;

async function gather(
  tx: ScopedTx,
  grant: Grant,
  planned: readonly PlannedDecisions[],
  as: PackedAs,
): Promise<PackStretch> {
  const ids = planned.map(({ id }) => id);
  const wanted = new Set(planned.flatMap(({ statements }) => statements));
  const statements = (await listStatements(tx, ids)).filter(({ statementSha256 }) => wanted.has(statementSha256));
  const materials = await loadMaterial(tx, await listWorksheets(tx, ids));
  const revisions = await decidedRevisions(tx, grant, { materials, statements, as });
  const omissions: Omission[] = [];
  const evidence = await evidenceOf(tx, revisions, omissions);
  return { revisions, statements, evidence, omissions };
}

/** The revisions that were decided on, in the order of the worksheets and numbers. */
async function decidedRevisions(
  tx: ScopedTx,
  grant: Grant,
  {
    materials,
    statements,
    as,
  }: {
    readonly materials: readonly WorksheetMaterial[];
    readonly statements: readonly StoredStatement[];
    readonly as: PackedAs;
  },
): Promise<PackedRevision[]> {
  const decided = materials.flatMap((material) => {
    const own = statements.filter(({ worksheetId }) => worksheetId === material.worksheet.id);
    const numbers = new Set(own.map(({ revision }) => revision));
    return material.revisions.filter(({ number }) => numbers.has(number)).map(({ id }) => ({ material, id }));
  });
  const stored = await findRevisions(
    tx,
    decided.map(({ id }) => id),
  );
  const printed = decided.map(({ material, id }) => {
    const frozen = stored.get(id);
    if (!frozen) throw new Error("A decision speaks of a revision that is not stored.");
    const shown = { content: readSealed(frozen, material.worksheet), digest: frozen.digest, frozen: true };
    return { frozen, printed: { material, shown, view: "submitted" } satisfies Printed };
  });
  const models = await worksheetModels(
    tx,
    grant,
    printed.map((one) => one.printed),
  );
  return printed.map(({ frozen, printed: one }, index) => {
    const model = models[index];
    if (!model) throw new Error("A revision cannot be printed.");
    const at = datedAt(model, one).toISOString();
    const { worksheetId: id, number: revision, content } = frozen;
    const document = { id, revision, kind: one.shown.content.kind };
    const conformance = as.conformance ?? "PDF/UA-1";
    const attachments = conformance === "PDF/A-3a" ? [contentFile(one.shown.content)] : [];
    const paper = as.paper ?? "A4";
    return { document, content, job: { kind: "worksheet", model, paper, at, conformance, attachments } };
  });
}

/** The files that the revisions name, each once; those that cannot be handed out are named instead. */
async function evidenceOf(
  tx: ScopedTx,
  revisions: readonly PackedRevision[],
  omissions: Omission[],
): Promise<PackedEvidence[]> {
  const named = revisions.flatMap(({ job }) =>
    job.kind === "worksheet" ? job.model.evidence.flatMap(({ files = [] }) => files) : [],
  );
  const byDigest = new Map(named.map((file) => [file.sha256, file]));
  const packed: PackedEvidence[] = [];
  for (const file of byDigest.values()) {
    const blob = await findBlob(tx, file.sha256);
    const reason = blob ? (heldBecause(blob.state) ?? tooLargeAlone(file)) : "The file is no longer stored.";
    if (blob && reason === null) packed.push({ ...file, key: blob.key });
    else omissions.push({ what: evidencePath(file.sha256), reason: reason ?? "It cannot be read." });
  }
  return packed;
}
