import { Failure } from "@/lib/contracts/failure";
import type { Blocker } from "@/lib/contracts/problem";
import { catalogueOf } from "@/lib/data/requirements";
import type { WorkbookRow } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import { gateStops } from "@/lib/domain/rigour/gate";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { gateBlockers, type SubmissionBlocker } from "@/lib/domain/workflow/submission";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";

/** Asks the eligibility gate before a worksheet is opened for a row. @throws Failure blocked, naming each question at which it stops */
export async function requireGate(tx: ScopedTx, row: WorkbookRow, answers: EligibilityAnswers): Promise<void> {
  const { requirementNumber } = row;
  const { standardVersion, assessmentType, catalogueVersion } = tx.engagement;
  const { configurationGap } = knowledgeFor(
    await catalogueOf(tx, catalogueVersion),
    standardVersion,
    requirementNumber,
  );
  const customizedApproach = row.disposition === "customized_approach";
  const stops = gateStops(answers, { requirementNumber, configurationGap, customizedApproach, assessmentType });
  if (stops.length === 0) return;
  const blockers = gateBlockers(stops).map(blockerDto);
  throw new Failure("blocked", "No worksheet can be opened with these answers.", { blockers });
}

/** What stops a submission, or the opening of a worksheet, as it is told. */
export function blockerDto({ code: _code, ...told }: SubmissionBlocker): Blocker {
  return told;
}
