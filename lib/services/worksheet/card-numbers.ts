import { Failure } from "@/lib/contracts/failure";
import type { FieldError } from "@/lib/contracts/problem";
import { findCardNumbers } from "@/lib/domain/evidence/card-numbers";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

/** A text with the field that it stands in, as an error names it. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/**
 * Asks before something is stored that looks like card numbers. What stands there already was asked about before.
 * @param before what is stored now, read only when it is needed
 * @returns whether there are such numbers and the person has said that they are none
 * @throws Failure card_number_suspected, naming each field
 */
export async function askAboutCardNumbers(
  texts: readonly NamedText[],
  before: () => Promise<readonly NamedText[]>,
  acknowledged: boolean,
): Promise<boolean> {
  const found = texts.flatMap(numbersIn);
  if (found.length === 0) return false;
  const known = new Set((await before()).flatMap(numbersIn).map(({ digits }) => digits));
  const fresh = found.filter(({ digits }) => !known.has(digits));
  if (fresh.length === 0) return false;
  if (acknowledged) return true;
  const errors = fresh.map(
    ({ path, lastFour }): FieldError => ({ path, message: `A number that ends in ${lastFour}.` }),
  );
  throw new Failure(
    "card_number_suspected",
    "This looks like card numbers. Countervail must hold none: mask all but the last four digits. If they are something else, say so and it is stored; that is recorded.",
    { errors },
  );
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

/** The texts of a whole worksheet that is put somewhere else, by the section they stand in. */
export function textsInWorksheet({
  sections,
  answers,
}: {
  readonly sections: WorksheetSections;
  readonly answers: readonly CriterionAnswer[];
}): NamedText[] {
  return [...SECTION_KEYS.flatMap((key) => textsInPart(sections[key], key)), ...textsIn(answers, "answers")];
}

/** Every text within a value of JSON, by its place. */
export function textsIn(value: unknown, path: string): NamedText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, `${path}.${index}`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, path === "" ? name : `${path}.${name}`));
}
