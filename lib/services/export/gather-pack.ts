import { type Grant, permissionFor, readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import { findBlob } from "@/lib/data/evidence-files";
import type { ExportRow } from "@/lib/data/exports";
import { findRevisions } from "@/lib/data/revisions";
import { listStatements, type StoredStatement } from "@/lib/data/sign-offs";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import { evidencePath, type PackedDocument } from "@/lib/domain/pack/layout";
import type { Omission } from "@/lib/domain/pack/manifest";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import { contentFile } from "@/lib/services/export/content-file";
import type { ExportRun } from "@/lib/services/export/export-run";
import { type PackPlan, SIGNED_PAGES_ONLY } from "@/lib/services/export/plan-pack";
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
export interface Gathered {
  readonly revisions: readonly PackedRevision[];
  readonly statements: readonly StoredStatement[];
  readonly evidence: readonly PackedEvidence[];
  readonly omissions: readonly Omission[];
}

/** Worksheets that are read in one transaction. */
const AT_ONCE = 50;

/** How many stretches the worksheets of a plan are gathered in. */
export function stretchesOf({ worksheets }: PackPlan): number {
  return Math.ceil(worksheets.length / AT_ONCE);
}

/**
 * Gathers one stretch of the plan's worksheets, with the exact bytes. Each is a transaction of its own, so that a large
 * engagement holds no long one: what they read cannot change, since the plan names every decision.
 */
export function gatherStretch(run: ExportRun, plan: PackPlan, stretch: number): Promise<Gathered> {
  const { context, row } = run;
  const { engagementId } = row;
  const planned = plan.worksheets.slice(stretch * AT_ONCE, (stretch + 1) * AT_ONCE);
  return run.json("gather", nameOf(stretch), () =>
    readScope(context, "workbook.export", { engagementId }, (tx, grant) => gather(tx, grant, planned, row)),
  );
}

/** A stretch that was gathered, read again. */
export function readStretch(run: ExportRun, stretch: number): Promise<Gathered> {
  return run.folder.json(nameOf(stretch), () => {
    throw new Error("A stretch of worksheets is gone.");
  });
}

function nameOf(stretch: number): string {
  return `gathered/${String(stretch).padStart(4, "0")}.json`;
}

/** How the PDFs of a pack are to be. */
type PackedAs = Pick<ExportRow, "paper" | "conformance">;

async function gather(tx: ScopedTx, grant: Grant, planned: PackPlan["worksheets"], as: PackedAs): Promise<Gathered> {
  const ids = planned.map(({ id }) => id);
  const wanted = new Set(planned.flatMap(({ statements }) => statements));
  const statements = (await listStatements(tx, ids)).filter(({ statementSha256 }) => wanted.has(statementSha256));
  const materials = await loadMaterial(tx, await listWorksheets(tx, ids));
  for (const { worksheet } of materials) {
    // The right may have become a smaller one since the plan was made.
    const permission = permissionFor(grant, "worksheet.export", worksheet.facts);
    if (!permission || permission.view === "signed") throw new Failure("forbidden", SIGNED_PAGES_ONLY);
  }
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
    const shown = { content: readSealed(frozen.content), digest: frozen.digest, frozen: true };
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
  const named = revisions.flatMap(({ content }) => readSealed(content).evidence.flatMap(({ files = [] }) => files));
  const byDigest = new Map(named.map((file) => [file.sha256, file]));
  const packed: PackedEvidence[] = [];
  for (const file of byDigest.values()) {
    const blob = await findBlob(tx, file.sha256);
    const reason = blob ? heldBecause(blob.state) : "The file is no longer stored.";
    if (blob && reason === null) packed.push({ ...file, key: blob.key });
    else omissions.push({ what: evidencePath(file.sha256), reason: reason ?? "It cannot be read." });
  }
  return packed;
}
