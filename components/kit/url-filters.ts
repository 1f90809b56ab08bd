/** The filters of a list: each a text, "" for none. */
export type Filters = Readonly<Record<string, string>>;

/** Reads filters from the address; what is absent has its default. */
export function readFilters<T extends Filters>(params: URLSearchParams, defaults: T): T {
  const values: Record<string, string> = {};
  for (const [name, fallback] of Object.entries(defaults)) values[name] = params.get(name) ?? fallback;
  return values as T;
}

/** The address's parameters after some filters changed. Defaults are left out and foreign parameters stay. */
export function writeFilters<T extends Filters>(
  params: URLSearchParams,
  changes: Partial<T>,
  defaults: T,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === defaults[name]) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** How many filters differ from their defaults; `sort` is no filter. */
export function countActive<T extends Filters>(values: T, defaults: T): number {
  return Object.keys(defaults).filter((name) => name !== "sort" && values[name] !== defaults[name]).length;
}

/** A sort order as the address keeps it: `due`, or `-due` for descending. */
export interface SortOrder {
  readonly id: string;
  readonly desc: boolean;
}

/** Reads `due` or `-due`; null for "". */
export function parseSort(text: string): SortOrder | null {
  if (text === "" || text === "-") return null;
  return text.startsWith("-") ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

/** Writes a sort order as the address keeps it; "" for none. */
export function formatSort(sort: SortOrder | null): string {
  if (!sort) return "";
  return sort.desc ? `-${sort.id}` : sort.id;
}
