/** Something that looks like the number of a payment card. */
export interface CardNumberFinding {
  /** Where it begins and ends in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** Its last four digits, which may be shown (PCI DSS 3.4.1; 3.3 in 3.2.1). */
  readonly lastFour: string;
}

/** What identifies the issuing networks: the first digits and the lengths. Source: ISO/IEC 7812, networks’ public ranges. */
const NETWORKS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^35(2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(30[0-5]|3095|36|3[89])/, [14, 15, 16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(5018|5020|5038|58(93)?|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
];

const SHORTEST = 13;
const LONGEST = 19;

/** Digits with at most one space or dash between them, with nothing of a longer word on either side. */
const RUNS = /(?<![\p{L}\p{N}_])\d(?:[ \u00a0\u2009\u202f\-\u2010\u2011\u2013]?\d){12,}(?![\p{L}\p{N}_])/gu;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/giu;
/** More than this is a table of numbers, of which the first ones are reason enough to ask. */
const MOST_FINDINGS = 20;

/**
 * Finds what looks like card numbers: 13 to 19 digits that begin as a network’s do and whose last digit checks the others
 * (Luhn). A number that is part of a longer one, of a word, of a UUID or of a hash is none.
 */
export function findCardNumbers(text: string): readonly CardNumberFinding[] {
  const found: CardNumberFinding[] = [];
  const plain = text.replace(UUID, (id) => "x".repeat(id.length));
  for (const run of plain.matchAll(RUNS)) {
    for (const finding of inRun(run[0], run.index)) {
      found.push(finding);
      if (found.length === MOST_FINDINGS) return found;
    }
  }
  return found;
}

/** Numbers may stand side by side, so each group of a run can be where one begins. */
function inRun(run: string, at: number): CardNumberFinding[] {
  const groups = [...run.matchAll(/\d+/g)].map((group) => ({ digits: group[0], from: at + group.index }));
  const found: CardNumberFinding[] = [];
  for (let first = 0; first < groups.length; ) {
    const finding = beginningWith(groups, first);
    if (finding) found.push(finding.found);
    first = finding ? finding.next : first + 1;
  }
  return found;
}

function beginningWith(
  groups: readonly { readonly digits: string; readonly from: number }[],
  first: number,
): { readonly found: CardNumberFinding; readonly next: number } | null {
  const start = groups[first];
  // Most groups begin no number of any network, and are left at once.
  if (!start || !/^[2-6]/.test(start.digits)) return null;
  let digits = "";
  for (let next = first; next < groups.length && digits.length < LONGEST; next += 1) {
    const group = groups[next];
    if (!group) break;
    digits += group.digits;
    if (digits.length >= SHORTEST && isCardNumber(digits)) {
      const to = group.from + group.digits.length;
      return { found: { from: start.from, to, lastFour: digits.slice(-4) }, next: next + 1 };
    }
  }
  return null;
}

/** Whether digits could be the number of a card. */
export function isCardNumber(digits: string): boolean {
  if (digits.length < SHORTEST || digits.length > LONGEST || !passesLuhn(digits)) return false;
  return NETWORKS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits));
}

/** The check digit of ISO/IEC 7812-1: every second digit from the right counts twice. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const counted = index % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
