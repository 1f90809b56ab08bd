import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, readScope } from "@/lib/auth/scope";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import { Failure } from "@/lib/contracts/failure";
import { storeLinkOutcome } from "@/lib/data/evidence";
import { requireEvidence } from "@/lib/services/evidence/require-evidence";
import { tryLink } from "@/lib/services/evidence/try-link";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";

/** Tries the link of a piece of evidence and notes what came of it, with the day. @throws Failure blocked where it is switched off */
export async function checkLink(
  context: ServiceContext,
  { linkCheck }: EvidenceFiles,
  evidenceId: string,
): Promise<EvidenceDto> {
  const { url } = await readScope(context, "evidence.change", { evidenceId }, async (tx) => {
    const evidence = await requireEvidence(tx, evidenceId);
    if (!linkCheck) throw new Failure("blocked", "Links are not tried here: the operator has not switched it on.");
    if (evidence.url === "") throw new Failure("blocked", "This evidence has no link.");
    return evidence;
  });
  const outcome = await tryLink(url);
  return changeScope(context, "evidence.change", { evidenceId }, "share", async (tx) => {
    if (!(await storeLinkOutcome(tx, evidenceId, url, outcome))) {
      throw new Failure("stale", "Somebody changed the link meanwhile. Try it again.");
    }
    const evidence = await requireEvidence(tx, evidenceId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.link_checked",
      worksheetId: evidence.worksheetId,
      detail: { evidenceId, section: evidence.section, outcome },
      changes: [{ table: "evidence", id: evidenceId }],
    });
    return readEvidenceDto(tx, evidence);
  });
}
