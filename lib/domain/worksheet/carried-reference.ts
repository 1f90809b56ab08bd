import { counterparts } from "@/lib/domain/catalogue/mapping";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type BothVersions, successorsOf } from "@/lib/domain/catalogue/successors";
import { numbersIn, withNumbers } from "@/lib/domain/rigour/owed";
import type { Control } from "@/lib/domain/worksheet/model";

/** The most characters of the requirement that a control names. */
export const LONGEST_REFERENCE = 200;

/** A number that a control names, with the numbers of the other version that may be meant. */
export interface NumberPlaces {
  readonly number: string;
  readonly places: readonly string[];
}

/** What became of the requirement that a control names. */
export interface CarriedReference {
  readonly itemId: string;
  /** The control's label when it was carried, such as C2. */
  readonly label: string;
  /** As the person wrote it for the version it comes from. */
  readonly before: string;
  /** As it stands now; the same as before where it is for a person to choose. */
  readonly after: string;
  /** True where a number has several places, none, or one that is not sure: then nothing was changed. */
  readonly choose: boolean;
  readonly numbers: readonly NumberPlaces[];
}

/** “PCI DSS v3.2.1” names a version, which a text with new numbers would belie. */
const NAMES_A_VERSION = /(?:dss|version|\bv\.?)\s*[34]\.\d/i;

/**
 * Carries the requirement that a control names into the other version; null when it names no number, or one that stays.
 * A text is changed only when each number in it has one place that is sure: half a change would be worse than none.
 */
export function carryReference(
  source: BothVersions,
  from: StandardVersion,
  { id, label, requirementRef }: Control,
): CarriedReference | null {
  const numbers = numbersIn(requirementRef).map((number) => ({
    number,
    found: counterparts(source.mappings, from, number),
  }));
  if (numbers.length === 0) return null;
  const sure = new Map(
    numbers.flatMap(({ number, found: [first, ...more] }) =>
      first?.confidence === "high" && more.length === 0 ? [[number, first.number] as const] : [],
    ),
  );
  const carried = withNumbers(requirementRef, (number) => sure.get(number) ?? number);
  const choose =
    sure.size < numbers.length || NAMES_A_VERSION.test(requirementRef) || carried.length > LONGEST_REFERENCE;
  if (!choose && carried === requirementRef) return null;
  return {
    itemId: id,
    label,
    before: requirementRef,
    after: choose ? requirementRef : carried,
    choose,
    numbers: numbers.map(({ number, found }) => ({
      number,
      places: (found.length === 0 && from === "3.2.1" ? successorsOf(source, number) : found).map((one) => one.number),
    })),
  };
}

/** “PCI DSS v4.0.1” beside a number says whose it is. */
const NAMES_THIS_VERSION = /(?:dss|version|\bv\.?)\s*4\.0/i;
const NAMES_OLD_VERSION = /(?:dss|version|\bv\.?)\s*3\.\d/i;

/**
 * The numbers of the version before that a control names although it was left to a person to choose what is meant. What
 * counts is the number, not where or how it is written: other words around it choose nothing, nor does a control that was
 * removed and added again. A person has chosen once the control names other numbers, those that may be meant, or says by
 * the version that it is the number of today: “10.5 of v4.0.1”.
 */
export function openNumbers(
  references: readonly CarriedReference[],
  { id, requirementRef }: Pick<Control, "id" | "requirementRef">,
): readonly string[] {
  if (NAMES_THIS_VERSION.test(requirementRef) && !NAMES_OLD_VERSION.test(requirementRef)) return [];
  const left = references.filter(({ choose }) => choose);
  const named = numbersIn(requirementRef);
  const own = left.find(({ itemId }) => itemId === id);
  if (
    own &&
    isSameSet(
      named,
      own.numbers.map(({ number }) => number),
    )
  )
    return staleIn([own]);
  const places = new Set((own ? [own] : left).flatMap(({ numbers }) => numbers.flatMap((one) => one.places)));
  const stale = staleIn(left);
  return named.filter((number) => stale.includes(number) && !places.has(number));
}

/** Numbers that may not stay as they are. */
function staleIn(references: readonly CarriedReference[]): readonly string[] {
  const numbers = references.flatMap((one) => one.numbers);
  return numbers.filter(({ number, places }) => !places.includes(number)).map(({ number }) => number);
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
