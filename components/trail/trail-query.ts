/** The filters of a trail, as they stand in the page's address. Empty means all. */
export interface TrailFilters {
  readonly action: string;
  readonly actorId: string;
  readonly worksheetId: string;
  readonly engagementId: string;
  readonly from: string;
  readonly to: string;
}

const NAMES = [
  "action",
  "actorId",
  "worksheetId",
  "engagementId",
  "from",
  "to",
] as const satisfies readonly (keyof TrailFilters)[];

/** Reads the filters from the address; a name that stands there twice counts with its first value. */
export function trailFilters(search: Readonly<Record<string, string | readonly string[] | undefined>>): TrailFilters {
  const read = (name: keyof TrailFilters) => {
    const value = search[name];
    return typeof value === "string" ? value : (value?.[0] ?? "");
  };
  return {
    action: read("action"),
    actorId: read("actorId"),
    worksheetId: read("worksheetId"),
    engagementId: read("engagementId"),
    from: read("from"),
    to: read("to"),
  };
}

/** Only the filters that are set, for an address or the API. */
export function activeFilters(filters: TrailFilters): Readonly<Record<string, string>> {
  return Object.fromEntries(NAMES.map((name) => [name, filters[name]]).filter(([, value]) => value !== ""));
}

/** True when any filter is set. */
export function isFiltered(filters: TrailFilters): boolean {
  return NAMES.some((name) => filters[name] !== "");
}
