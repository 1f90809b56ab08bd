import { type UpdateDispositionInput, updateDispositionInput } from "@/lib/contracts/disposition";
import { DAY_FIELDS, EDITABLE_COLUMNS, EDITABLE_FIELDS, type EditableField } from "@/lib/domain/workbook-sheet/columns";
import type { BroughtChange, BroughtError } from "@/lib/domain/workbook-sheet/compare";
import { DISPOSITION_LABELS, DISPOSITIONS } from "@/lib/domain/workflow/dispositions";

/** Somebody who may own a row. */
export interface PossibleOwner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A cell that says nothing that could be stored. */
class Unclear extends Error {}

/** What a row of a table says as a change of the row, or what is wrong with its cells. */
export function readChange(
  { line, row, cells }: BroughtChange,
  people: readonly PossibleOwner[],
): { readonly input: UpdateDispositionInput } | { readonly errors: readonly BroughtError[] } {
  const errors: BroughtError[] = [];
  const values: Record<string, unknown> = {};
  for (const { field, after } of cells) {
    try {
      values[field] = cellValue(field, after, people);
    } catch (error) {
      if (!(error instanceof Unclear)) throw error;
      errors.push({ line, column: EDITABLE_COLUMNS[field], message: error.message });
    }
  }
  const parsed = updateDispositionInput.safeParse({ version: row.version, ...values });
  if (parsed.success && errors.length === 0) return { input: parsed.data };
  const refused = parsed.error?.issues.map(({ path, message }) => ({ line, column: columnOf(path[0]), message })) ?? [];
  // One reason for each cell is enough.
  const first = new Map([...refused, ...errors].reverse().map((error) => [error.column, error]));
  return { errors: [...first.values()].reverse() };
}

/** The title of the column that holds a field; null for what no column holds. */
export function columnOf(field: unknown): string | null {
  const known = EDITABLE_FIELDS.find((one) => one === field);
  return known ? EDITABLE_COLUMNS[known] : null;
}

function cellValue(field: EditableField, text: string, people: readonly PossibleOwner[]): unknown {
  if (field === "disposition") return dispositionOf(text);
  if (field === "ownerId") return ownerOf(text, people);
  if (DAY_FIELDS.includes(field)) return text === "" ? null : text;
  return text;
}

function dispositionOf(text: string): string {
  const said = text.trim().toLowerCase();
  const found = DISPOSITIONS.find((one) => one === said || DISPOSITION_LABELS[one].toLowerCase() === said);
  if (found) return found;
  throw new Unclear(`Choose one of: ${DISPOSITIONS.map((one) => DISPOSITION_LABELS[one]).join(", ")}.`);
}

function ownerOf(text: string, people: readonly PossibleOwner[]): string | null {
  const said = text.trim().toLowerCase();
  if (said === "") return null;
  const found = people.filter(({ name, email }) => name.toLowerCase() === said || email.toLowerCase() === said);
  const [owner, ...others] = found;
  if (!owner)
    throw new Unclear("Nobody of the entity has this name. Write it as in the workbook, or the e-mail address.");
  if (others.length > 0) throw new Unclear("Several people have this name. Write the e-mail address.");
  return owner.id;
}
