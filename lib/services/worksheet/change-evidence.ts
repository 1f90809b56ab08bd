import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import type { ChangeEvidenceInput, EvidenceDto } from "@/lib/contracts/evidence";
import { Failure, notFound } from "@/lib/contracts/failure";
import { buryEvidence, findEvidence, linkOf, type StoredEvidence, storeEvidence } from "@/lib/data/evidence";
import { recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { seal } from "@/lib/services/worksheet/seal";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Changes a link of the draft; frozen revisions keep their own copy. @throws Failure stale with the stored link */
export function changeEvidence(
  context: ServiceContext,
  evidenceId: string,
  input: ChangeEvidenceInput,
): Promise<EvidenceDto> {
  const { version, ...fields } = input;
  return changeScope(context, "evidence.change", { evidenceId }, "share", async (tx) => {
    if (!(await storeEvidence(tx, evidenceId, version, fields))) throw await staleEvidence(tx, evidenceId);
    const stored = await requireLink(tx, evidenceId);
    await recordAuthor(tx, stored.worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.changed",
      worksheetId: stored.worksheetId,
      detail: { evidenceId, section: stored.section, version: stored.version, sha256: seal(linkOf(stored)).digest },
      changes: [{ table: "evidence", id: evidenceId }],
    });
    return readEvidenceDto(tx, stored);
  });
}

/** Takes a link out of the draft; the row stays as a tombstone. @throws Failure stale with the stored link */
export function removeEvidence(context: ServiceContext, evidenceId: string, version: number): Promise<void> {
  return changeScope(context, "evidence.remove", { evidenceId }, "share", async (tx) => {
    const stored = await requireLink(tx, evidenceId);
    if (!(await buryEvidence(tx, evidenceId, version))) throw await staleEvidence(tx, evidenceId);
    await recordAuthor(tx, stored.worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.removed",
      worksheetId: stored.worksheetId,
      detail: { evidenceId, section: stored.section },
      changes: [{ table: "evidence", id: evidenceId }],
    });
  });
}

async function staleEvidence(tx: ScopedTx, evidenceId: string): Promise<Failure> {
  const current = await readEvidenceDto(tx, await requireLink(tx, evidenceId));
  return new Failure("stale", "Somebody else changed this link of evidence meanwhile.", { current });
}

/** A link that was removed is not there any more. */
async function requireLink(tx: ScopedTx, evidenceId: string): Promise<StoredEvidence> {
  const stored = await findEvidence(tx, evidenceId);
  if (!stored || stored.removedAt) throw notFound();
  return stored;
}
