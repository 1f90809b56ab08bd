/** A value of a query parameter; empty ones are left out. */
export type QueryValue = string | number | boolean | null | undefined;

/** Appends parameters to a path. Null, undefined and the empty string are left out; order is kept. */
export function withQuery(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    search.append(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}
