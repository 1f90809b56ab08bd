import { type Grant, permissionFor } from "@/lib/auth/scope";
import { findBlob } from "@/lib/data/evidence-files";
import { findRevision } from "@/lib/data/revisions";
import { listStatements, type StoredStatement } from "@/lib/data/sign-offs";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import { evidencePath } from "@/lib/domain/pack/layout";
import type { Omission } from "@/lib/domain/pack/manifest";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import { datedAt, worksheetModels } from "@/lib/services/export/worksheet-model";
import { loadMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readSealed } from "@/lib/services/worksheet/seal";

/** A revision that somebody decided on: its exact bytes, and what its rendering is made from. */
export interface PackedRevision {
  readonly worksheetId: string;
  readonly number: number;
  readonly content: string;
  readonly job: PdfJob;
}

/** A file of evidence, and where the store keeps it. */
export interface PackedEvidence extends EvidenceFileEntry {
  readonly key: string;
}

/** Everything of an engagement that a pack holds, and what it leaves out and why. */
export interface Gathered {
  readonly revisions: readonly PackedRevision[];
  readonly statements: readonly StoredStatement[];
  readonly evidence: readonly PackedEvidence[];
  readonly omissions: readonly Omission[];
}

const NOTHING_DECIDED = "Nothing was decided about it yet, so there is nothing to prove.";
const SIGNED_PAGES_ONLY = "Your role reads signed worksheets as pages and PDFs, not their history.";
const OF_AN_EARLIER_VERSION = "It was decided on before decisions were signed statements.";

/** Gathers the decisions of an engagement with what they rest on. */
export async function gatherPack(tx: ScopedTx, grant: Grant): Promise<Gathered> {
  const worksheets = await listWorksheets(tx);
  const all = await listStatements(
    tx,
    worksheets.map(({ id }) => id),
  );
  const omissions: Omission[] = [];
  const revisions: PackedRevision[] = [];
  const statements: StoredStatement[] = [];
  for (const material of await loadMaterial(tx, worksheets)) {
    const { id, requirementNumber } = material.worksheet;
    const own = all.filter(({ worksheetId }) => worksheetId === id);
    const reason = reasonToLeaveOut(grant, material, own);
    if (reason !== null) {
      omissions.push({ what: `Worksheet for ${requirementNumber} (${id})`, reason });
      continue;
    }
    statements.push(...own);
    for (const number of new Set(own.map(({ revision }) => revision))) {
      revisions.push(await packedRevision(tx, grant, material, number));
    }
  }
  const evidence = await evidenceOf(tx, revisions, omissions);
  return { revisions, statements, evidence, omissions };
}

function reasonToLeaveOut(grant: Grant, material: WorksheetMaterial, own: readonly StoredStatement[]): string | null {
  const permission = permissionFor(grant, "worksheet.export", material.worksheet.facts);
  if (permission?.view === "signed") return SIGNED_PAGES_ONLY;
  if (!permission || material.signOffs.length === 0) return NOTHING_DECIDED;
  return own.filter(({ kind }) => kind !== "reopened").length < material.signOffs.length ? OF_AN_EARLIER_VERSION : null;
}

async function packedRevision(
  tx: ScopedTx,
  grant: Grant,
  material: WorksheetMaterial,
  number: number,
): Promise<PackedRevision> {
  const row = await findRevision(tx, material.worksheet.id, number);
  if (!row) throw new Error("A decision speaks of a revision that is not stored.");
  const shown = { content: readSealed(row.content), digest: row.digest, frozen: true };
  const printed = { material, shown, view: "submitted" } as const;
  const [model] = await worksheetModels(tx, grant, [printed]);
  if (!model) throw new Error("A revision cannot be printed.");
  const at = datedAt(model, printed).toISOString();
  return {
    worksheetId: material.worksheet.id,
    number,
    content: row.content,
    job: { kind: "worksheet", model, paper: "A4", at },
  };
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
