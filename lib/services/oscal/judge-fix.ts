import { couldDo } from "@/lib/auth/scope";
import { type UpdateDispositionInput, updateDispositionInput } from "@/lib/contracts/disposition";
import { Failure } from "@/lib/contracts/failure";
import type { RowImportDto } from "@/lib/contracts/oscal-import";
import { toDay } from "@/lib/data/days";
import type { DispositionRow } from "@/lib/data/dispositions";
import type { OscalRow } from "@/lib/domain/oscal/book";
import { EDITABLE_COLUMNS } from "@/lib/domain/workbook-sheet/columns";
import { DISPOSITION_LABELS, type Disposition } from "@/lib/domain/workflow/dispositions";
import { judgeDecision } from "@/lib/services/disposition/decide-disposition";
import { type JudgedPart, refusedBecause } from "@/lib/services/oscal/judged";
import type { StandingEngagement } from "@/lib/services/oscal/standing";

/**
 * Says what a fix that is planned would change of its row.
 * @param ownerName the name of a person of the entity who owns a row, by id; a plan tells it where nobody carries the fix
 */
export async function judgeFix(
  { tx, grant, scope, rows, titles }: StandingEngagement,
  brought: OscalRow,
  ownerName: (ownerId: string) => string,
): Promise<JudgedPart<RowImportDto>> {
  const { requirementNumber } = brought;
  const row = rows.get(requirementNumber);
  if (!row) return refusedBecause("The workbook has no row for it. Add the requirement first.");
  if (!couldDo(grant, "disposition.decide", { ownerId: row.ownerId })) {
    return refusedBecause("You may not change this row.");
  }
  const cells = cellsOf(row, brought, ownerName);
  if (cells.length === 0) return { kind: "same" };
  const wanted = { disposition: "fix_planned", note: brought.note, fixOwner: brought.owner, fixDueOn: brought.dueOn };
  const parsed = updateDispositionInput.safeParse({ version: row.version, ...wanted });
  if (!parsed.success) return refusedBecause(parsed.error.issues[0]?.message ?? "It cannot be stored.");
  const reason = await refusalOf(() => judgeDecision(tx, grant, scope, row, parsed.data));
  if (reason !== null) return refusedBecause(reason);
  const change: UpdateDispositionInput & { readonly id: string } = { id: row.id, ...parsed.data };
  const requirementTitle = titles.get(requirementNumber) ?? "";
  return { kind: "changes", dto: { requirementNumber, requirementTitle, cells, change } };
}

function cellsOf(
  row: DispositionRow,
  brought: OscalRow,
  ownerName: (ownerId: string) => string,
): RowImportDto["cells"] {
  const planned = row.disposition === "fix_planned";
  const carriedBy = row.fixOwner || (planned && row.ownerId !== null ? ownerName(row.ownerId) : "");
  const label = DISPOSITION_LABELS[row.disposition as Disposition];
  return [
    { column: EDITABLE_COLUMNS.disposition, before: label, after: DISPOSITION_LABELS.fix_planned },
    { column: EDITABLE_COLUMNS.note, before: row.note, after: brought.note },
    { column: EDITABLE_COLUMNS.fixOwner, before: carriedBy, after: brought.owner },
    { column: EDITABLE_COLUMNS.fixDueOn, before: toDay(row.fixDueOn) ?? "", after: brought.dueOn ?? "" },
  ].filter(({ before, after }) => before !== after);
}

async function refusalOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.extras.errors?.[0]?.message ?? error.message;
  }
}
