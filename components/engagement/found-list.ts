import type { EngagementSummaryDto } from "@/lib/contracts/engagement";
import type { Page } from "@/lib/contracts/paging";

/** The filters of the engagements as their address has them: "" for none. */
export interface EngagementFilters {
  readonly q: string;
  readonly version: string;
}

/** A first page, and by what it was found. */
export interface Found {
  /** Its filters, as {@link filtersKey} writes them. */
  readonly key: string;
  readonly list: Page<EngagementSummaryDto>;
}

/** Filters as one text: those that find the same have the same. */
export function filtersKey({ q, version }: EngagementFilters): string {
  return JSON.stringify({ q: q.trim(), version });
}

/**
 * Which list stands after the server has read the page anew: its own where it was found by the filters of the one that is
 * shown, or by those that are wanted by now; else it was overtaken.
 * @param wanted the key of the filters that are wanted
 */
export function afterReading(shown: Found, read: Found, wanted: string): Found {
  return read.key === shown.key || read.key === wanted ? read : shown;
}
