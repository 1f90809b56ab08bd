import type { DispositionDto, UpdateDispositionInput } from "@/lib/contracts/disposition";
import type { PersonRef } from "@/lib/contracts/section";

/** The fields of a row that its drawer edits. */
export type RowFields = Omit<Required<UpdateDispositionInput>, "version">;

/** The fields of a stored row. */
export function fieldsOf(row: DispositionDto): RowFields {
  const { disposition, note, fixOwner, fixDueOn, evidenceTitle, evidenceUrl, dueOn } = row;
  return { disposition, note, fixOwner, fixDueOn, evidenceTitle, evidenceUrl, ownerId: row.owner?.id ?? null, dueOn };
}

/** The fields that differ from the stored row: what a save sends. */
export function changesOf(fields: RowFields, row: DispositionDto): Partial<RowFields> {
  const stored = fieldsOf(row);
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== stored[name as keyof RowFields]),
  ) as Partial<RowFields>;
}

/** Who may be chosen as a row's owner: those who act, and whoever owns it already, also when that account is not in use. */
export function ownersFor({ owner }: DispositionDto, people: readonly PersonRef[]): readonly PersonRef[] {
  return owner === null || people.some(({ id }) => id === owner.id) ? people : [...people, owner];
}
