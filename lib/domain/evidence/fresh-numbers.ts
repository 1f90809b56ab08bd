import { findCardNumbers } from "@/lib/domain/evidence/card-numbers";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";

/** A text with the field that it stands in, as an error names it. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** What looks like a card number, with the field that it stands in. */
export interface NamedNumber {
  readonly path: string;
  readonly lastFour: string;
}

/** What looks like card numbers in some texts and did not stand in the texts before them, which were asked about then. */
export function freshNumbers(texts: readonly NamedText[], before: readonly NamedText[]): readonly NamedNumber[] {
  const found = texts.flatMap(numbersIn);
  if (found.length === 0) return [];
  const known = new Set(before.flatMap(numbersIn).map(({ digits }) => digits));
  return found.filter(({ digits }) => !known.has(digits));
}

/** Texts that one save writes, and what stands in that place. */
export interface TextsOfPlace {
  readonly texts: readonly NamedText[];
  readonly before: readonly NamedText[];
}

/** Whether any of the texts holds what looks like a card number. */
export function hasNumbers(texts: readonly NamedText[]): boolean {
  return texts.some((one) => numbersIn(one).length > 0);
}

function numbersIn({ path, text }: NamedText) {
  return findCardNumbers(text).map(({ from, to, lastFour }) => ({
    ...{ path, lastFour },
    digits: text.slice(from, to).replace(/\D/g, ""),
  }));
}

/** The texts of a section or of the answers. Marks may lie within a number, so a narrative is looked at as the text that it shows. */
export function textsInPart({ narrative, items }: SectionContent, path = "content"): NamedText[] {
  return [{ path: `${path}.narrative`, text: narrativeText(narrative) }, ...textsIn(items, `${path}.items`)];
}

/** Every text within a value of JSON, by its place. */
export function textsIn(value: unknown, path: string): NamedText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, `${path}.${index}`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, path === "" ? name : `${path}.${name}`));
}
