import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import { notFound } from "@/lib/contracts/failure";
import { buryFiles, buryUnusedBlobs, findFile, holdRoom, type StoredFile } from "@/lib/data/evidence-files";
import { recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { requireOwnEvidence } from "@/lib/services/evidence/require-evidence";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Takes a file out of the draft. Frozen revisions keep it; bytes that nothing names any more are given up. */
export function removeFile(context: ServiceContext, evidenceId: string, fileId: string): Promise<EvidenceDto> {
  return changeScope(context, "evidence.change", { evidenceId }, "share", async (tx) => {
    await holdRoom(tx);
    const { worksheetId, section } = await requireOwnEvidence(tx, evidenceId);
    const file = await findFile(tx, evidenceId, fileId);
    if (!file) throw notFound();
    const changes = await dropFiles(tx, [file]);
    await recordAuthor(tx, worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.file_removed",
      worksheetId,
      detail: { evidenceId, section, fileId, sha256: file.sha256, givenUp: changes.length > 1 },
      changes,
    });
    return readEvidenceDto(tx, await requireOwnEvidence(tx, evidenceId));
  });
}

/** Leaves tombstones of files, and of the bytes that nothing names any more. @returns the rows that changed */
export async function dropFiles(tx: ScopedTx, files: readonly StoredFile[]): Promise<ChangedRow[]> {
  return [...(await dropFilesOf(tx, files)).values()].flat();
}

/** The same for files of several worksheets at once. @returns the rows that changed, by the worksheet that had them */
export async function dropFilesOf(
  tx: ScopedTx,
  files: readonly StoredFile[],
): Promise<ReadonlyMap<string, readonly ChangedRow[]>> {
  const changes = new Map<string, ChangedRow[]>();
  if (files.length === 0) return changes;
  // Nobody begins to use the same bytes elsewhere between looking and giving them up.
  await holdRoom(tx);
  await buryFiles(
    tx,
    files.map(({ id }) => id),
  );
  const buried = new Set(
    await buryUnusedBlobs(
      tx,
      files.map(({ blob }) => blob),
    ),
  );
  for (const { id, worksheetId, blob } of files) {
    const own = changes.get(worksheetId) ?? [];
    changes.set(worksheetId, own);
    own.push({ table: "evidence_file", id });
    // Several files may have had the same bytes, which are given up once.
    if (buried.delete(blob.id)) own.push({ table: "blob", id: blob.id });
  }
  return changes;
}
