import { grantFor, type Inside } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { WorksheetImport } from "@/lib/contracts/oscal-import";
import type { WorksheetTarget } from "@/lib/data/facts";
import { CRITERIA_PART } from "@/lib/domain/worksheet/sections";
import { requireOwnEvidence } from "@/lib/services/evidence/require-evidence";
import { answerEligibilityWithin } from "@/lib/services/rigour/answer-eligibility";
import { storeNewEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidenceWithin } from "@/lib/services/worksheet/change-evidence";
import { saveSectionWithin } from "@/lib/services/worksheet/save-section";

/**
 * Makes each save of a worksheet but opening it and its reasons, in the order in which a person would: the gate, the text,
 * and the evidence. The caller holds its row, and has noted who writes as an author.
 * @returns how many saves were made
 */
export async function putWorksheet(
  inside: Inside,
  worksheet: WorksheetTarget,
  input: WorksheetImport,
  acknowledgeCardNumber: boolean,
): Promise<number> {
  const { id } = worksheet;
  const answers = input.worksheetId === null ? null : input.eligibility;
  if (answers) {
    grantFor(inside.grant, "worksheet.edit", worksheet);
    await answerEligibilityWithin(inside, id, { ...answers, acknowledgeCardNumber });
  }
  for (const { key, baseVersion, content } of input.parts) {
    const action = key === CRITERIA_PART ? "criteria.answer" : "worksheet.edit";
    const grant = grantFor(inside.grant, action, worksheet);
    await saveSectionWithin({ ...inside, grant }, id, key, { baseVersion, content, acknowledgeCardNumber });
  }
  for (const one of input.evidence) await putEvidence(inside, worksheet, one, acknowledgeCardNumber);
  return input.parts.length + input.evidence.length + (answers ? 1 : 0);
}

async function putEvidence(
  inside: Inside,
  worksheet: WorksheetTarget,
  { changes, fields }: WorksheetImport["evidence"][number],
  acknowledgeCardNumber: boolean,
): Promise<void> {
  const grant = grantFor(inside.grant, changes ? "evidence.change" : "evidence.add", worksheet);
  if (changes === null) {
    await storeNewEvidence({ ...inside, grant }, worksheet.id, { ...fields, acknowledgeCardNumber });
    return;
  }
  const { worksheetId } = await requireOwnEvidence(inside.tx, changes.id);
  if (worksheetId !== worksheet.id) throw notFound();
  const { version } = changes;
  await changeEvidenceWithin({ ...inside, grant }, changes.id, { ...fields, version, acknowledgeCardNumber });
}
