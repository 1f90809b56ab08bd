import { couldDo, grantFor, type Inside } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { WorksheetImport } from "@/lib/contracts/oscal-import";
import type { DispositionRow } from "@/lib/data/dispositions";
import type { WorksheetTarget } from "@/lib/data/facts";
import { findWorksheet } from "@/lib/data/worksheets";
import { CRITERIA_PART } from "@/lib/domain/worksheet/sections";
import { requireOwnEvidence } from "@/lib/services/evidence/require-evidence";
import { countSaves } from "@/lib/services/oscal/require-saves";
import { answerEligibilityWithin } from "@/lib/services/rigour/answer-eligibility";
import { answerWarningWithin } from "@/lib/services/rigour/answer-warning";
import { addEvidenceWithin } from "@/lib/services/worksheet/add-evidence";
import { changeEvidenceWithin } from "@/lib/services/worksheet/change-evidence";
import { openWorksheetWithin } from "@/lib/services/worksheet/open-worksheet";
import { saveSectionWithin } from "@/lib/services/worksheet/save-section";

/**
 * Opens a worksheet where there is none, and makes each save of it, in the order in which a person would: the gate, the text,
 * the evidence, and the reasons for warnings, which the text has only then. The caller holds its row.
 * @returns its id, and how many saves were made
 */
export async function putWorksheet(
  inside: Inside,
  row: DispositionRow,
  input: WorksheetImport,
  acknowledgeCardNumber: boolean,
): Promise<{ readonly id: string; readonly saves: number }> {
  const id = input.worksheetId ?? (await open(inside, row, input, acknowledgeCardNumber));
  const worksheet = await findWorksheet(inside.tx, id);
  if (!worksheet) throw notFound();
  if (input.worksheetId !== null && input.eligibility) {
    grantFor(inside.grant, "worksheet.edit", worksheet);
    await answerEligibilityWithin(inside, id, { ...input.eligibility, acknowledgeCardNumber });
  }
  for (const { key, baseVersion, content } of input.parts) {
    const action = key === CRITERIA_PART ? "criteria.answer" : "worksheet.edit";
    const grant = grantFor(inside.grant, action, worksheet);
    await saveSectionWithin({ ...inside, grant }, id, key, { baseVersion, content, acknowledgeCardNumber });
  }
  await putEvidence(inside, worksheet, input, acknowledgeCardNumber);
  const given = await giveReasons(inside, worksheet, input, acknowledgeCardNumber);
  return { id, saves: countSaves({ worksheets: [{ ...input, reasons: [] }], rows: [] }) + given };
}

async function open(
  inside: Inside,
  { id, ownerId, requirementNumber }: DispositionRow,
  { eligibility }: WorksheetImport,
  acknowledgeCardNumber: boolean,
): Promise<string> {
  if (!couldDo(inside.grant, "worksheet.create", { ownerId })) {
    throw new Failure("forbidden", `You may not open the worksheet of ${requirementNumber}.`);
  }
  if (!eligibility) throw new Failure("blocked", "The gate has to be answered before a worksheet is opened.");
  return openWorksheetWithin(inside, id, { eligibility: eligibility.answers, acknowledgeCardNumber }, null);
}

async function putEvidence(
  inside: Inside,
  worksheet: WorksheetTarget,
  { evidence }: WorksheetImport,
  acknowledgeCardNumber: boolean,
): Promise<void> {
  for (const { changes, fields } of evidence) {
    const grant = grantFor(inside.grant, changes ? "evidence.change" : "evidence.add", worksheet);
    if (changes === null) {
      await addEvidenceWithin({ ...inside, grant }, worksheet.id, { ...fields, acknowledgeCardNumber });
      continue;
    }
    const { worksheetId } = await requireOwnEvidence(inside.tx, changes.id);
    if (worksheetId !== worksheet.id) throw notFound();
    const { version } = changes;
    await changeEvidenceWithin({ ...inside, grant }, changes.id, { ...fields, version, acknowledgeCardNumber });
  }
}

/** A reason whose warning the text does not have here is left out: the checks are not the same everywhere. @returns how many were given */
async function giveReasons(
  inside: Inside,
  worksheet: WorksheetTarget,
  { reasons }: WorksheetImport,
  acknowledgeCardNumber: boolean,
): Promise<number> {
  if (reasons.length === 0) return 0;
  grantFor(inside.grant, "finding.override", worksheet);
  let given = 0;
  for (const { key, reason } of reasons) {
    try {
      await answerWarningWithin(inside, worksheet.id, { key, reason, acknowledgeCardNumber });
      given += 1;
    } catch (error) {
      const isGone = error instanceof Failure && error.extras.errors?.some(({ path }) => path === "key");
      if (!isGone) throw error;
    }
  }
  return given;
}
