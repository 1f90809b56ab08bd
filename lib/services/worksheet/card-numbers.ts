import { Failure } from "@/lib/contracts/failure";
import type { FieldError } from "@/lib/contracts/problem";
import {
  freshNumbers,
  hasNumbers,
  type NamedText,
  type TextsOfPlace,
  textsIn,
  textsInPart,
} from "@/lib/domain/evidence/fresh-numbers";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

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
  return askAboutPlaces(texts, async () => [{ texts, before: await before() }], acknowledged);
}

/**
 * The same of texts for several places: what stands in one says nothing of another.
 * @param places the texts again, each with what is stored in its place, read only when it is needed
 * @throws Failure card_number_suspected, naming each field
 */
export async function askAboutPlaces(
  texts: readonly NamedText[],
  places: () => Promise<readonly TextsOfPlace[]>,
  acknowledged: boolean,
): Promise<boolean> {
  if (!hasNumbers(texts)) return false;
  const fresh = (await places()).flatMap((place) => freshNumbers(place.texts, place.before));
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
