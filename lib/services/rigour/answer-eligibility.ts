import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Inside } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { EligibilityDto, EligibilityInput } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { findWorksheet, recordAuthor, storeEligibility } from "@/lib/data/worksheets";
import { textsIn } from "@/lib/domain/evidence/fresh-numbers";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { requireCcw } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Answers the eligibility gate of a worksheet, over the answers that were read. Whoever answers is an author of it.
 * @throws Failure stale with the answers now stored, wrong_state while the worksheet is frozen, card_number_suspected
 */
export function answerEligibility(
  context: ServiceContext,
  worksheetId: string,
  input: EligibilityInput,
): Promise<WorksheetDto> {
  return changeScope(context, "worksheet.edit", { worksheetId }, "update", async (tx, grant) => {
    await answerEligibilityWithin({ context, tx }, worksheetId, input);
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/** The same within a transaction that holds the worksheet's row, for somebody who may edit it. */
export async function answerEligibilityWithin(
  { context, tx }: Pick<Inside, "context" | "tx">,
  worksheetId: string,
  { baseVersion, answers, acknowledgeCardNumber }: EligibilityInput,
): Promise<void> {
  const stored = await findWorksheet(tx, worksheetId);
  if (!stored) throw notFound();
  requireCcw(stored);
  const acknowledged = await askAboutCardNumbers(
    textsIn(answers, "answers"),
    async () => textsIn(stored.eligibility, "answers"),
    acknowledgeCardNumber === true,
  );
  const version = await storeEligibility(tx, worksheetId, baseVersion, answers);
  if (version === null) {
    const current: EligibilityDto = {
      version: stored.eligibilityVersion,
      answers: stored.eligibility ?? UNANSWERED,
    };
    throw new Failure("stale", "Somebody else answered these questions meanwhile.", { current });
  }
  await recordAuthor(tx, worksheetId);
  recordWorksheetEvent(context, tx, {
    action: "eligibility.answered",
    worksheetId,
    detail: {
      ...{ version, sha256: seal(answers).digest },
      ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
    },
    changes: [{ table: "worksheet", id: worksheetId }],
  });
}
