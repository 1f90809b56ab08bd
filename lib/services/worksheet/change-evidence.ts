import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Inside } from "@/lib/auth/scope";
import type { ChangeEvidenceInput, EvidenceDto } from "@/lib/contracts/evidence";
import { Failure } from "@/lib/contracts/failure";
import { buryEvidence, linkOf, storeEvidence } from "@/lib/data/evidence";
import { holdRoom } from "@/lib/data/evidence-files";
import { recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { textsIn } from "@/lib/domain/evidence/fresh-numbers";
import { dropFiles } from "@/lib/services/evidence/remove-file";
import { requireOwnEvidence } from "@/lib/services/evidence/require-evidence";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { requireNamedPart } from "@/lib/services/worksheet/require-part";
import { seal } from "@/lib/services/worksheet/seal";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Changes a link of the draft; frozen revisions keep their own copy. @throws Failure stale with the stored link */
export function changeEvidence(
  context: ServiceContext,
  evidenceId: string,
  input: ChangeEvidenceInput,
): Promise<EvidenceDto> {
  return changeScope(context, "evidence.change", { evidenceId }, "share", (tx, grant) =>
    changeEvidenceWithin({ context, tx, grant }, evidenceId, input),
  );
}

/** The same within a transaction that holds the worksheet's row, with the grant for changing its evidence. */
export async function changeEvidenceWithin(
  { context, tx, grant }: Inside,
  evidenceId: string,
  { version, acknowledgeCardNumber, ...fields }: ChangeEvidenceInput,
): Promise<EvidenceDto> {
  requireNamedPart(grant, fields.section);
  const before = async () => textsIn(linkOf(await requireOwnEvidence(tx, evidenceId)), "");
  const acknowledged = await askAboutCardNumbers(textsIn(fields, ""), before, acknowledgeCardNumber === true);
  if (!(await storeEvidence(tx, evidenceId, version, fields))) throw await staleEvidence(tx, evidenceId);
  const stored = await requireOwnEvidence(tx, evidenceId);
  await recordAuthor(tx, stored.worksheetId);
  recordWorksheetEvent(context, tx, {
    action: "evidence.changed",
    worksheetId: stored.worksheetId,
    detail: {
      ...{ evidenceId, section: stored.section, version: stored.version, sha256: seal(linkOf(stored)).digest },
      ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
    },
    changes: [{ table: "evidence", id: evidenceId }],
  });
  return readEvidenceDto(tx, stored);
}

/** Takes evidence out of the draft, with its files; the rows stay as tombstones. @throws Failure stale with the stored link */
export function removeEvidence(context: ServiceContext, evidenceId: string, version: number): Promise<void> {
  return changeScope(context, "evidence.remove", { evidenceId }, "share", async (tx) => {
    // No upload brings a further file meanwhile, which would be left on evidence that is gone.
    await holdRoom(tx);
    const stored = await requireOwnEvidence(tx, evidenceId);
    if (!(await buryEvidence(tx, evidenceId, version))) throw await staleEvidence(tx, evidenceId);
    const files = await dropFiles(tx, stored.files);
    await recordAuthor(tx, stored.worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.removed",
      worksheetId: stored.worksheetId,
      detail: { evidenceId, section: stored.section },
      changes: [{ table: "evidence", id: evidenceId }, ...files],
    });
  });
}

async function staleEvidence(tx: ScopedTx, evidenceId: string): Promise<Failure> {
  const current = await readEvidenceDto(tx, await requireOwnEvidence(tx, evidenceId));
  return new Failure("stale", "Somebody else changed this evidence meanwhile.", { current });
}
