import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, couldDo } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { ApplySheetInput } from "@/lib/contracts/sheets";
import { type DispositionRow, findDisposition } from "@/lib/data/dispositions";
import { judgeDecision, storeDecision } from "@/lib/services/disposition/decide-disposition";
import { type WorkbookDto, workbookDto } from "@/lib/services/disposition/read-workbook";
import { loadScope } from "@/lib/services/scope/scope-facts";

/**
 * Makes the changes that a preview gave: each with the right and the event of a single one, all of them or none.
 * @throws Failure not_found, forbidden, invalid and blocked as for a single row; stale with the rows as they are now when
 * one was changed since the table was exported
 */
export function applySheet(
  context: ServiceContext,
  engagementId: string,
  { changes }: ApplySheetInput,
): Promise<WorkbookDto> {
  const [first] = changes;
  if (!first) throw new Failure("invalid", "There is nothing to change.");
  return changeScope(context, "disposition.decide", { dispositionId: first.id }, "none", async (tx, grant) => {
    if (tx.engagement.id !== engagementId.toLowerCase()) throw notFound();
    const scope = await loadScope(tx);
    const stale: DispositionRow[] = [];
    for (const { id, ...input } of changes) {
      const before = await findDisposition(tx, id);
      if (!before) throw notFound();
      const { requirementNumber: number, ownerId } = before;
      if (!couldDo(grant, "disposition.decide", { ownerId })) {
        throw new Failure("forbidden", `You may not change the row of ${number}.`);
      }
      await judgeDecision(tx, grant, scope, before, input).catch((error: unknown) => {
        throw namingRow(error, number);
      });
      if (!(await storeDecision(context, tx, before, input))) stale.push(before);
    }
    if (stale.length > 0) {
      const numbers = stale.map(({ requirementNumber }) => requirementNumber).join(", ");
      const message = `Nothing was changed: somebody else changed ${numbers} since the table was exported.`;
      throw new Failure("stale", message, { current: await workbookDto(tx, grant) });
    }
    return workbookDto(tx, grant);
  });
}

/** A refusal of one row among many says which. */
function namingRow(error: unknown, number: string): unknown {
  if (!(error instanceof Failure)) return error;
  return new Failure(error.code, `${number}: ${error.message}`, error.extras);
}
