import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import type { AddEvidenceInput, EvidenceDto } from "@/lib/contracts/evidence";
import { insertEvidence, linkOf } from "@/lib/data/evidence";
import { recordAuthor } from "@/lib/data/worksheets";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { seal } from "@/lib/services/worksheet/seal";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Adds a link of evidence to a worksheet. Whoever adds it becomes an author of the worksheet for good. */
export function addEvidence(
  context: ServiceContext,
  worksheetId: string,
  input: AddEvidenceInput,
): Promise<EvidenceDto> {
  return changeScope(context, "evidence.add", { worksheetId }, "share", async (tx) => {
    const stored = await insertEvidence(tx, worksheetId, input);
    await recordAuthor(tx, worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.added",
      worksheetId,
      detail: { evidenceId: stored.id, section: stored.section, sha256: seal(linkOf(stored)).digest },
      changes: [{ table: "evidence", id: stored.id }],
    });
    return readEvidenceDto(tx, stored);
  });
}
