/** The filters of a history of sign-ins, as they stand in the page's address. Empty means all. */
export interface SignInFilters {
  readonly personId: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}

const NAMES = ["personId", "kind", "from", "to"] as const satisfies readonly (keyof SignInFilters)[];

/** Reads the filters from the address; a name that stands there twice counts with its first value. */
export function signInFilters(search: Readonly<Record<string, string | readonly string[] | undefined>>): SignInFilters {
  const read = (name: keyof SignInFilters) => {
    const value = search[name];
    return typeof value === "string" ? value : (value?.[0] ?? "");
  };
  return { personId: read("personId"), kind: read("kind"), from: read("from"), to: read("to") };
}

/** The filters that are set, for a query. */
export function activeSignInFilters(filters: SignInFilters): Readonly<Record<string, string>> {
  return Object.fromEntries(NAMES.filter((name) => filters[name] !== "").map((name) => [name, filters[name]]));
}
