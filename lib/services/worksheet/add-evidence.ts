import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Inside } from "@/lib/auth/scope";
import type { AddEvidenceInput, EvidenceDto } from "@/lib/contracts/evidence";
import { insertEvidence, linkOf, type StoredEvidence } from "@/lib/data/evidence";
import { recordAuthor } from "@/lib/data/worksheets";
import { textsIn } from "@/lib/domain/evidence/fresh-numbers";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { requireNamedPart } from "@/lib/services/worksheet/require-part";
import { seal } from "@/lib/services/worksheet/seal";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Adds evidence to a worksheet; its files are added to it afterwards. Whoever adds it becomes an author of the worksheet for good. */
export function addEvidence(
  context: ServiceContext,
  worksheetId: string,
  input: AddEvidenceInput,
): Promise<EvidenceDto> {
  return changeScope(context, "evidence.add", { worksheetId }, "share", (tx, grant) =>
    addEvidenceWithin({ context, tx, grant }, worksheetId, input),
  );
}

/** The same within a transaction that holds the worksheet's row, with the grant for adding evidence to it. */
async function addEvidenceWithin(inside: Inside, worksheetId: string, input: AddEvidenceInput): Promise<EvidenceDto> {
  await recordAuthor(inside.tx, worksheetId);
  return readEvidenceDto(inside.tx, await storeNewEvidence(inside, worksheetId, input));
}

/** The same, by somebody who was noted as an author of the worksheet. */
export async function storeNewEvidence(
  { context, tx, grant }: Inside,
  worksheetId: string,
  { acknowledgeCardNumber, ...fields }: AddEvidenceInput,
): Promise<StoredEvidence> {
  requireNamedPart(grant, fields.section);
  const nothing = async () => [];
  const acknowledged = await askAboutCardNumbers(textsIn(fields, ""), nothing, acknowledgeCardNumber === true);
  const stored = await insertEvidence(tx, worksheetId, fields);
  recordWorksheetEvent(context, tx, {
    action: "evidence.added",
    worksheetId,
    detail: {
      ...{ evidenceId: stored.id, section: stored.section, sha256: seal(linkOf(stored)).digest },
      ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
    },
    changes: [{ table: "evidence", id: stored.id }],
  });
  return stored;
}
