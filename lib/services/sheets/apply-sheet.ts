import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Grant, requireRight, unknownTarget } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { ApplySheetInput } from "@/lib/contracts/sheets";
import { type DispositionRow, findDisposition } from "@/lib/data/dispositions";
import { holdWorkbookRows } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import { judgeDecision, storeDecision } from "@/lib/services/disposition/decide-disposition";
import { type WorkbookDto, workbookDto } from "@/lib/services/disposition/read-workbook";
import { loadScope, type ScopeState } from "@/lib/services/scope/scope-facts";

/**
 * Makes the changes that a preview gave: each with the right and the event of a single one, all of them or none. The rights
 * of all are judged first. @throws Failure not_found, forbidden, invalid and blocked as for a single row; stale with the rows
 * as they are now when one was changed since the table was exported
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
    await holdWorkbookRows(
      tx,
      changes.map(({ id }) => id),
    );
    const stale: DispositionRow[] = [];
    const found: FoundChange[] = [];
    for (const change of changes) {
      const one = await findChange(tx, grant, change);
      found.push(one);
      if (one.before.version !== one.input.version) stale.push(one.before);
    }
    // Before anything is stored: the rows that the refusal tells are those that stay.
    if (stale.length > 0) {
      throw new Failure("stale", staleWords(stale), { current: await workbookDto(tx, grant) });
    }
    for (const one of found) await makeChange(context, { tx, grant, scope }, one);
    return workbookDto(tx, grant);
  });
}

/** A change, and the row as it was found. */
interface FoundChange {
  readonly before: DispositionRow;
  readonly input: Omit<ApplySheetInput["changes"][number], "id">;
}

async function findChange(
  tx: ScopedTx,
  grant: Grant,
  { id, ...input }: ApplySheetInput["changes"][number],
): Promise<FoundChange> {
  const before = await findDisposition(tx, id);
  if (!before) throw unknownTarget("disposition.decide", { dispositionId: id });
  const { requirementNumber, ownerId } = before;
  requireRight(grant, "disposition.decide", { ownerId }, { dispositionId: id }, requirementNumber);
  return { before, input };
}

async function makeChange(
  context: ServiceContext,
  { tx, grant, scope }: { readonly tx: ScopedTx; readonly grant: Grant; readonly scope: ScopeState },
  { before, input }: FoundChange,
): Promise<void> {
  await judgeDecision(tx, grant, scope, before, input).catch((error: unknown) => {
    throw namingRow(error, before.requirementNumber);
  });
  // Some rows are changed by now in here, and will not be: what the workbook says is not told from within.
  if (!(await storeDecision(context, tx, before, input))) throw new Failure("stale", staleWords([before]));
}

function staleWords(rows: readonly DispositionRow[]): string {
  const numbers = rows.map(({ requirementNumber }) => requirementNumber).join(", ");
  return `Nothing was changed: somebody else changed ${numbers} since the table was exported.`;
}

/** A refusal of one row among many says which. */
function namingRow(error: unknown, number: string): unknown {
  if (!(error instanceof Failure)) return error;
  return new Failure(error.code, `${number}: ${error.message}`, error.extras);
}
