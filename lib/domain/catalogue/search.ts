import type { OldName } from "@/lib/domain/catalogue/catalogue";

/** A thing that can be searched: where words are found decides the rank. */
export interface Searchable<T> {
  readonly item: T;
  /** Its own number or id. */
  readonly number: string;
  readonly title: string;
  /** Numbers of the other version, the article's numbers. */
  readonly otherNumbers: readonly string[];
  /** Everything else that may be looked for. */
  readonly text: readonly string[];
}

/** What a search found, best first, and which old names were read as today's. */
export interface SearchResult<T> {
  readonly items: readonly T[];
  readonly readAs: readonly OldName[];
}

/**
 * Finds by number, by word and by old name. A query that looks like a number finds the number itself first, then what
 * lies below it, then what corresponds to it in the other version. Otherwise every word has to occur, as itself or
 * under today's name, at the start of a word. Equal ranks keep their order. An empty query finds everything.
 */
export function search<T>(
  documents: readonly Searchable<T>[],
  query: string,
  oldNames: readonly OldName[],
): SearchResult<T> {
  const wanted = normalise(query);
  if (wanted === "") return { items: documents.map(({ item }) => item), readAs: [] };
  if (looksLikeNumber(wanted))
    return {
      items: ranked(documents, (document) => numberRank(document, wanted)),
      readAs: [],
    };
  const readAs = oldNames.filter(({ old }) => containsWords(wanted, normalise(old)));
  const alternatives = [
    wanted,
    ...readAs.map(({ old, now }) => replaceWords(wanted, normalise(old), normalise(now))),
  ].map(words);
  return {
    items: ranked(documents, (document) => wordRank(document, alternatives)),
    readAs,
  };
}

/** Lower case, accents kept, everything but letters, digits and dots as a blank. */
function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, " ")
    .replace(/\.(?=\s|$)/g, "")
    .trim();
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

function looksLikeNumber(query: string): boolean {
  return /^(a\d|\d{1,2})(\.\d+)*$/.test(query);
}

function containsWords(text: string, part: string): boolean {
  return ` ${text} `.includes(` ${part} `);
}

function replaceWords(text: string, part: string, by: string): string {
  return ` ${text} `.replace(` ${part} `, ` ${by} `).trim();
}

function ranked<T>(documents: readonly Searchable<T>[], rank: (document: Searchable<T>) => number): T[] {
  return documents
    .map((document) => ({ item: document.item, rank: rank(document) }))
    .filter((found) => found.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
}

function numberRank(document: Searchable<unknown>, wanted: string): number {
  const own = document.number.toLowerCase();
  if (own === wanted) return 4;
  if (own.startsWith(`${wanted}.`)) return 3;
  const others = document.otherNumbers.map((number) => number.toLowerCase());
  return others.includes(wanted) ? 2 : others.some((other) => other.startsWith(`${wanted}.`)) ? 1 : 0;
}

function wordRank(document: Searchable<unknown>, alternatives: readonly (readonly string[])[]): number {
  const title = ` ${normalise(document.title)}`;
  const all = ` ${normalise([document.number, document.title, ...document.otherNumbers, ...document.text].join(" "))}`;
  const inAll = (wanted: readonly string[]) => wanted.every((word) => all.includes(` ${word}`));
  const inTitle = (wanted: readonly string[]) => wanted.every((word) => title.includes(` ${word}`));
  return alternatives.some(inTitle) ? 2 : alternatives.some(inAll) ? 1 : 0;
}
