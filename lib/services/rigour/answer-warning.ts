import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Inside } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { WarningReasonInput } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { recordAuthor, storeWarningReasons } from "@/lib/data/worksheets";
import { wantingReason, withReason } from "@/lib/domain/rigour/reasons";
import { type Assessment, assess } from "@/lib/services/rigour/assess";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { requireCcwMaterial } from "@/lib/services/worksheet/material";
import { digestOf } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Gives the reason for a warning of the rules, or for a rule that failed, or takes it back with an empty one. Whoever gives
 * it is an author. @throws Failure wrong_state while the worksheet is frozen, invalid when the text has no such warning any
 * more, card_number_suspected
 */
export function answerWarning(
  context: ServiceContext,
  worksheetId: string,
  input: WarningReasonInput,
): Promise<WorksheetDto> {
  return changeScope(context, "finding.override", { worksheetId }, "update", async (tx, grant) => {
    await answerWarningWithin({ context, tx }, worksheetId, input);
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/** The same within a transaction that holds the worksheet's row, for somebody who may give reasons in it. */
async function answerWarningWithin(
  inside: Pick<Inside, "context" | "tx">,
  worksheetId: string,
  { acknowledgeCardNumber, ...answer }: WarningReasonInput,
): Promise<void> {
  const material = await requireCcwMaterial(inside.tx, worksheetId);
  const assessment = await assess(inside.tx, material);
  const given = await storeReasons(
    inside,
    { worksheetId, assessment, answers: [answer] },
    acknowledgeCardNumber === true,
  );
  if (given > 0) return;
  const message = "The text has no such warning any more. Read the checks again.";
  throw new Failure("invalid", message, { errors: [{ path: "key", message }] });
}

/** Reasons for warnings of one worksheet, by their keys, with what the rules say of its text. */
export interface GivenReasons {
  readonly worksheetId: string;
  readonly assessment: Assessment;
  readonly answers: readonly { readonly key: string; readonly reason: string }[];
}

/**
 * Stores reasons for those warnings that the text has, by one save with an event for each. @returns how many they were
 * @throws Failure card_number_suspected
 */
export async function storeReasons(
  { context, tx }: Pick<Inside, "context" | "tx">,
  { worksheetId, assessment, answers }: GivenReasons,
  acknowledge: boolean,
): Promise<number> {
  const { outcomes, reasons } = assessment;
  const warnings = new Map(wantingReason(outcomes).map((warning) => [warning.key, warning]));
  const given = answers.flatMap(({ key, reason }) => {
    const warning = warnings.get(key);
    return warning ? [{ warning, reason }] : [];
  });
  if (given.length === 0) return 0;
  const before = async () => reasons.map((one) => ({ path: "reason", text: one.reason }));
  const acknowledged: boolean[] = [];
  for (const { reason } of given) {
    acknowledged.push(await askAboutCardNumbers([{ path: "reason", text: reason }], before, acknowledge));
  }
  const stored = given.reduce((all, { warning, reason }) => withReason(all, warning, reason), reasons);
  await storeWarningReasons(tx, worksheetId, stored);
  await recordAuthor(tx, worksheetId);
  for (const [index, { warning, reason }] of given.entries()) {
    recordWorksheetEvent(context, tx, {
      action: "warning.answered",
      worksheetId,
      detail: {
        ...{ rule: warning.rule, given: reason.trim() !== "", sha256: digestOf(reason.trim()) },
        ...(acknowledged[index] ? { cardNumberAcknowledged: true } : {}),
      },
      changes: [{ table: "worksheet", id: worksheetId }],
    });
  }
  return given.length;
}
