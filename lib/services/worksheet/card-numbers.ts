import { Failure } from "@/lib/contracts/failure";
import type { FieldError } from "@/lib/contracts/problem";
import { findCardNumbers } from "@/lib/domain/evidence/card-numbers";

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

/** Every text within a value of JSON, by its place. */
export function textsIn(value: unknown, path: string): NamedText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, `${path}.${index}`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, path === "" ? name : `${path}.${name}`));
}
