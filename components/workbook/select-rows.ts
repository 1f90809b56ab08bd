import type { DispositionDto } from "@/lib/contracts/disposition";
import { chapterOf, compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";

/** The workbook's filters as the address keeps them; "" for none. `row` is the one that is open. */
export const WORKBOOK_FILTERS = { q: "", state: "", disposition: "", owner: "", family: "", sort: "" };
export type WorkbookFilters = typeof WORKBOOK_FILTERS;

/** Values of the state filter that are no state of a worksheet. */
export const TURN_STATES = ["open", "settled", "entity", "assessor", "broken", "overdue"] as const;

/** The owner filter's value for rows without an owner. */
export const NO_OWNER = "none";

/** True when a signature of the row no longer stands as it was given. */
export function isBroken(row: DispositionDto): boolean {
  const statuses = [row.worksheet, ...row.records].map((one) => one?.validity?.status);
  return statuses.some((status) => status === "broken" || status === "needs_revalidation");
}

/** The day by which something on the row is due: its own, or that of its planned fix. Null for settled rows. */
export function dueDay(row: DispositionDto): string | null {
  if (row.settled) return null;
  const days = [row.dueOn, row.disposition === "fix_planned" ? row.fixDueOn : null].filter((day) => day !== null);
  return days.sort()[0] ?? null;
}

/** True when the row's day lies before today, `YYYY-MM-DD`. */
export function isOverdue(row: DispositionDto, today: string): boolean {
  const day = dueDay(row);
  return day !== null && day < today;
}

/** The rows that fit all filters, in their order. */
export function selectRows(rows: readonly DispositionDto[], filters: WorkbookFilters, today: string): DispositionDto[] {
  const words = filters.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      words.every((word) => textOf(row).includes(word)) &&
      (filters.state === "" || hasState(row, filters.state, today)) &&
      (filters.disposition === "" || row.disposition === filters.disposition) &&
      (filters.owner === "" || (row.owner?.id ?? NO_OWNER) === filters.owner) &&
      (filters.family === "" || chapterOf(row.requirementNumber) === filters.family),
  );
}

function textOf(row: DispositionDto): string {
  return `${row.requirementNumber} ${row.requirementTitle} ${row.note} ${row.fixOwner} ${row.owner?.name ?? ""}`.toLowerCase();
}

function hasState(row: DispositionDto, state: string, today: string): boolean {
  switch (state) {
    case "open":
      return !row.settled;
    case "settled":
      return row.settled;
    case "entity":
    case "assessor":
      return row.turn === state;
    case "broken":
      return isBroken(row);
    case "overdue":
      return isOverdue(row, today);
    default:
      return [row.worksheet, ...row.records].some((one) => one?.state === state);
  }
}

/** The families in use, in the order of the standard. */
export function familiesOf(rows: readonly DispositionDto[]): readonly string[] {
  return [...new Set(rows.map(({ requirementNumber }) => chapterOf(requirementNumber)))].sort(compareNumbers);
}

/** Compares rows by their disposition in the order of the list, for sorting. */
export function compareDispositions(a: DispositionDto, b: DispositionDto): number {
  return DISPOSITIONS.indexOf(a.disposition) - DISPOSITIONS.indexOf(b.disposition);
}

/** Compares rows by their next day; rows without one come last. */
export function compareDue(a: DispositionDto, b: DispositionDto): number {
  return (dueDay(a) ?? "9999").localeCompare(dueDay(b) ?? "9999");
}
