import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, readScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import { findBlob, markDamaged, type StoredBlob } from "@/lib/data/evidence-files";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import type { EvidenceFileEntry, EvidenceLink } from "@/lib/domain/worksheet/model";
import { requireMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { unlessDamaged } from "@/lib/services/worksheet/seal";
import { openRevisions, revisionContent, seesDraft } from "@/lib/services/worksheet/shown-content";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";
import { readVerified } from "@/lib/storage/verified";

/** A stored file on its way out: its bytes were hashed and are those that were uploaded. */
export interface OpenFile extends EvidenceFileEntry {
  readonly bytes: ReadableStream<Uint8Array>;
}

/** Where a file is named that somebody may see. */
interface Found {
  readonly file: EvidenceFileEntry;
  readonly evidenceId: string;
  /** Null for the draft. */
  readonly revision: number | null;
  readonly blob: StoredBlob;
}

/**
 * Opens a file of a worksheet, by its digest, for whoever may see the draft or a revision that names it. The bytes are
 * hashed before the first is handed out. Each time is an event, and so is damage when it is found.
 * @throws Failure file_damaged, blocked while it waits for the virus scan or did not pass it, not_found
 */
export async function downloadFile(
  context: ServiceContext,
  { store }: EvidenceFiles,
  worksheetId: string,
  sha256: string,
): Promise<OpenFile> {
  const found = await readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const shown = await findShown(tx, grant.permission.view, await requireMaterial(tx, worksheetId), sha256);
    if (!shown) throw notFound();
    requireFree(shown, tx);
    return shown;
  });
  const bytes = await readVerified(store, found.blob.key, found.file);
  if (!bytes) throw await damageFound(context, worksheetId, found.blob);
  try {
    await record(context, worksheetId, found);
  } catch (error) {
    await bytes.cancel();
    throw error;
  }
  return { ...found.file, bytes };
}

/** The newest text that names the file comes first. */
async function findShown(tx: ScopedTx, view: View, material: WorksheetMaterial, sha256: string): Promise<Found | null> {
  const draft = seesDraft(view, material) ? named(material.evidence, sha256) : null;
  const found = draft ? { ...draft, revision: null } : await inRevisions(tx, view, material, sha256);
  const blob = found && (await findBlob(tx, sha256));
  return found && blob && { ...found, blob };
}

async function inRevisions(tx: ScopedTx, view: View, material: WorksheetMaterial, sha256: string) {
  for (const { number } of [...openRevisions(view, material)].reverse()) {
    // A file that another revision names as well is still to be had.
    const shown = await unlessDamaged(revisionContent(tx, material, number));
    const found = shown && named(shown.content.evidence, sha256);
    if (found) return { ...found, revision: number };
  }
  return null;
}

function named(evidence: readonly EvidenceLink[], sha256: string) {
  for (const { id, files = [] } of evidence) {
    const file = files.find((one) => one.sha256 === sha256);
    if (file) return { file, evidenceId: id };
  }
  return null;
}

/** Whoever added a file may have it back before the scanner has looked; the other company may not. */
function requireFree({ blob }: Found, tx: ScopedTx): void {
  if (blob.state === "pending" && tx.actor.organisationId === tx.engagement.organisationId) return;
  const held = heldBecause(blob.state);
  if (held !== null) throw new Failure(blob.state === "damaged" ? "file_damaged" : "blocked", held);
}

async function damageFound(context: ServiceContext, worksheetId: string, blob: StoredBlob): Promise<Failure> {
  await changeScope(alone(context), "worksheet.read", { worksheetId }, "none", async (tx) => {
    const isNew = await markDamaged(tx, blob.id);
    recordWorksheetEvent(context, tx, {
      action: "evidence.damage_found",
      worksheetId,
      detail: { sha256: blob.sha256 },
      changes: isNew ? [{ table: "blob", id: blob.id }] : [],
    });
  });
  return new Failure("file_damaged", heldBecause("damaged") ?? "");
}

async function record(context: ServiceContext, worksheetId: string, found: Found): Promise<void> {
  const { evidenceId, revision, file } = found;
  await changeScope(alone(context), "worksheet.read", { worksheetId }, "none", async (tx) => {
    const detail = { evidenceId, sha256: file.sha256, revision };
    recordWorksheetEvent(context, tx, { action: "evidence.downloaded", worksheetId, detail });
  });
}

/** What a reading leaves happens each time, whatever key the request came with. */
function alone(context: ServiceContext): ServiceContext {
  return { ...context, idempotency: undefined };
}
