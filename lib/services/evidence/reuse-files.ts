import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, readScope } from "@/lib/auth/scope";
import type { EvidenceDto, ReusableFileDto, ReuseFilesInput } from "@/lib/contracts/evidence";
import { Failure, notFound } from "@/lib/contracts/failure";
import { holdRoom, insertFile, roomTaken } from "@/lib/data/evidence-files";
import { listOtherFiles } from "@/lib/data/reusable-files";
import { recordAuthor } from "@/lib/data/worksheets";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import { checkRoom } from "@/lib/domain/evidence/file-rules";
import { orRefused } from "@/lib/services/evidence/refusal";
import { requireOwnEvidence } from "@/lib/services/evidence/require-evidence";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";

/** The files of other evidence of the engagement that a piece of evidence does not have yet, each content once, the newest first. */
export function listReusableFiles(context: ServiceContext, evidenceId: string): Promise<readonly ReusableFileDto[]> {
  return readScope(context, "evidence.change", { evidenceId }, async (tx) => {
    const { files } = await requireOwnEvidence(tx, evidenceId);
    const here = new Set(files.map(({ sha256 }) => sha256));
    const others = (await listOtherFiles(tx, evidenceId)).filter(({ sha256 }) => {
      const isNew = !here.has(sha256);
      here.add(sha256);
      return isNew;
    });
    return others.map(({ id, name, size, type, sha256, blob, evidenceTitle, requirementNumber, uploadedAt }) => ({
      ...{ id, name, size, type, sha256, state: blob.state, evidenceTitle, requirementNumber },
      uploadedAt: uploadedAt.toISOString(),
    }));
  });
}

/** Uses files of other evidence of the engagement here as well: the same bytes, under the same name. */
export function reuseFiles(
  context: ServiceContext,
  { limits }: EvidenceFiles,
  evidenceId: string,
  { fileIds }: ReuseFilesInput,
): Promise<EvidenceDto> {
  return changeScope(context, "evidence.change", { evidenceId }, "share", async (tx) => {
    await holdRoom(tx);
    const evidence = await requireOwnEvidence(tx, evidenceId);
    const others = new Map((await listOtherFiles(tx, evidenceId)).map((file) => [file.id, file]));
    const here = new Set(evidence.files.map(({ sha256 }) => sha256));
    const added: { readonly id: string; readonly sha256: string; readonly fromWorksheetId: string }[] = [];
    for (const fileId of new Set(fileIds)) {
      const file = others.get(fileId);
      if (!file) throw notFound();
      if (here.has(file.sha256)) throw new Failure("already_exists", `“${file.name}” is here already.`);
      const held = file.blob.state === "pending" ? null : heldBecause(file.blob.state);
      if (held !== null) throw new Failure("blocked", held);
      orRefused(checkRoom(await roomTaken(tx, evidence.worksheetId), 0, limits));
      const { id } = await insertFile(tx, evidence, file.blob.id, file.name);
      here.add(file.sha256);
      added.push({ id, sha256: file.sha256, fromWorksheetId: file.worksheetId });
    }
    await recordAuthor(tx, evidence.worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.file_reused",
      worksheetId: evidence.worksheetId,
      detail: { evidenceId, section: evidence.section, files: added },
      changes: added.map(({ id }) => ({ table: "evidence_file", id })),
    });
    return readEvidenceDto(tx, await requireOwnEvidence(tx, evidenceId));
  });
}
