import { couldDo } from "@/lib/auth/scope";
import { type UpdateDispositionInput, updateDispositionInput } from "@/lib/contracts/disposition";
import type { RowImportDto } from "@/lib/contracts/oscal-import";
import { toDay } from "@/lib/data/days";
import type { DispositionRow } from "@/lib/data/dispositions";
import type { OscalRow } from "@/lib/domain/oscal/book";
import { cutTexts } from "@/lib/domain/oscal/import-fields";
import { EDITABLE_COLUMNS } from "@/lib/domain/workbook-sheet/columns";
import { DISPOSITION_LABELS, type Disposition } from "@/lib/domain/workflow/dispositions";
import { judgeDecision } from "@/lib/services/disposition/decide-disposition";
import { type JudgedPart, refusalOf, refusedBecause } from "@/lib/services/oscal/judged";
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
  const changed = changedFields(row, brought, ownerName);
  if (changed.length === 0) return { kind: "same" };
  const written = Object.fromEntries(changed.map(({ field, value }) => [field, value]));
  const parsed = updateDispositionInput.safeParse({ version: row.version, ...written });
  if (!parsed.success) return refusedBecause(parsed.error.issues[0]?.message ?? "It cannot be stored.");
  const reason = await refusalOf(() => judgeDecision(tx, grant, scope, row, parsed.data));
  if (reason !== null) return refusedBecause(reason);
  const change: UpdateDispositionInput & { readonly id: string } = { id: row.id, ...parsed.data };
  const cells = changed.map(({ field, before, after }) => ({
    column: EDITABLE_COLUMNS[field],
    ...cutTexts(before, after),
  }));
  const requirementTitle = titles.get(requirementNumber) ?? "";
  return { kind: "changes", dto: { requirementNumber, requirementTitle, cells, change } };
}

/** A field of a row that a plan changes, in words, and as it is stored. */
interface ChangedField {
  readonly field: "disposition" | "note" | "fixOwner" | "fixDueOn";
  readonly before: string;
  readonly after: string;
  readonly value: string | null;
}

/** Only what differs is written. Who owns the row carries its fix where nobody else is named, as a plan tells it. */
function changedFields(
  row: DispositionRow,
  { note, owner, dueOn }: OscalRow,
  ownerName: (ownerId: string) => string,
): readonly ChangedField[] {
  const label = DISPOSITION_LABELS[row.disposition as Disposition];
  const fields: readonly ChangedField[] = [
    { field: "disposition", before: label, after: DISPOSITION_LABELS.fix_planned, value: "fix_planned" },
    { field: "note", before: row.note, after: note, value: note },
    { field: "fixDueOn", before: toDay(row.fixDueOn) ?? "", after: dueOn ?? "", value: dueOn },
    { field: "fixOwner", before: row.fixOwner, after: owner, value: owner },
  ];
  const changed = fields.filter(({ before, after }) => before !== after);
  const isOwners = row.fixOwner === "" && row.ownerId !== null && ownerName(row.ownerId) === owner;
  return changed.every(({ field }) => field === "fixOwner") && isOwners ? [] : changed;
}
