import type { ArticleRow } from "@/lib/domain/catalogue/article";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import {
  articleRowsOf,
  type Counterpart,
  counterparts,
  type NumberingSlip,
  numberingSlipsAt,
  primaryFirst,
} from "@/lib/domain/catalogue/mapping";
import { type Requirement, standingOf } from "@/lib/domain/catalogue/requirement";
import { type Searchable, type SearchResult, search } from "@/lib/domain/catalogue/search";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { Standing, StatusToday } from "@/lib/domain/catalogue/status";

/** A requirement with what the catalogue knows around it. */
export interface RequirementEntry {
  readonly requirement: Requirement;
  readonly standing: Standing;
  /** Rows of the article that speak about it; the one it answers first comes first. */
  readonly articleRows: readonly ArticleRow[];
  readonly counterparts: readonly Counterpart[];
  readonly numberingSlips: readonly NumberingSlip[];
}

/** What a list may be narrowed by. Absent means any. */
export interface RequirementFilter {
  readonly q?: string;
  /** A standing, or the status of an article row about the requirement. */
  readonly status?: Standing | StatusToday;
  readonly service?: string;
  readonly keyOption?: KeyOptionId;
}

/** Joins the requirements of one version with mapping and article rows, in natural order. */
export function entriesOf(catalogue: Catalogue, version: StandardVersion): RequirementEntry[] {
  return catalogue.requirements
    .filter((requirement) => requirement.version === version)
    .map((requirement) => ({
      requirement,
      standing: standingOf(requirement),
      articleRows: primaryFirst(articleRowsOf(catalogue.articleRows, version, requirement.number), requirement.number),
      counterparts: counterparts(catalogue.mappings, version, requirement.number),
      numberingSlips: numberingSlipsAt(catalogue.articleRows, version, requirement.number),
    }));
}

/**
 * Searches and filters entries.
 * @param triggeredBy tells whether a key option triggers an article row in either reading; the trigger table's to know
 */
export function findEntries(
  entries: readonly RequirementEntry[],
  filter: RequirementFilter,
  catalogue: Pick<Catalogue, "manifest">,
  triggeredBy: (row: ArticleRow, option: KeyOptionId) => boolean,
): SearchResult<RequirementEntry> {
  const { status, service, keyOption } = filter;
  const kept = entries.filter(
    (entry) =>
      (status === undefined ||
        entry.standing === status ||
        entry.articleRows.some((row) => row.statusToday === status)) &&
      (service === undefined || entry.articleRows.some((row) => row.services.includes(service))) &&
      (keyOption === undefined || entry.articleRows.some((row) => triggeredBy(row, keyOption))),
  );
  return search(kept.map(searchable), filter.q ?? "", catalogue.manifest.oldNames);
}

function searchable(entry: RequirementEntry): Searchable<RequirementEntry> {
  const rows = entry.articleRows;
  return {
    item: entry,
    number: entry.requirement.number,
    title: entry.requirement.title,
    otherNumbers: [
      ...entry.counterparts.map(({ number }) => number),
      ...rows.flatMap((row) => [row.id, row.canonicalNumber]),
    ],
    text: rows.flatMap((row) => [
      row.title,
      row.articleReading,
      row.statusNote,
      ...row.services.map(spelledOut),
      ...row.aliases,
    ]),
  };
}

/** KMS is also found under the name of what it keeps. */
function spelledOut(service: string): string {
  return service === "KMS" ? "KMS KMS key" : service;
}

/** The AWS services that the article's rows name, in alphabetical order. */
export function servicesOf(rows: readonly ArticleRow[]): string[] {
  return [...new Set(rows.flatMap(({ services }) => services))].sort((a, b) => a.localeCompare(b, "en"));
}
