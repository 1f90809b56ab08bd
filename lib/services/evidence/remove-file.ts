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
  const ids = files.map(({ id }) => id);
  // Nobody begins to use the same bytes elsewhere between looking and giving them up.
  if (ids.length > 0) await holdRoom(tx);
  await buryFiles(tx, ids);
  const buried = await buryUnusedBlobs(
    tx,
    files.map(({ blob }) => blob),
  );
  return [...ids.map((id) => ({ table: "evidence_file", id })), ...buried.map((id) => ({ table: "blob", id }))];
}
