import type { TextRange } from "@/lib/domain/rigour/finding";

/** A text cut into words for comparing, with where each stands. */
export interface Compared {
  readonly words: readonly string[];
  readonly ranges: readonly TextRange[];
  /** Its trigrams of characters, with how often each occurs. */
  readonly trigrams: ReadonlyMap<string, number>;
  readonly size: number;
}

/**
 * Prepares a text for comparing: case, marks and numbers say nothing, so that last year's text with a new date stays
 * last year's text.
 */
export function compared(text: string): Compared {
  const words: string[] = [];
  const ranges: TextRange[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}]+|\d[\d.,:/-]*/gu)) {
    words.push(/^\d/.test(match[0]) ? "0" : match[0].toLowerCase());
    ranges.push({ from: match.index, to: match.index + match[0].length });
  }
  const trigrams = new Map<string, number>();
  let size = 0;
  for (const word of words) {
    // Padded, so that short words and the borders of words count as well.
    const padded = ` ${word} `;
    for (let at = 0; at + 3 <= padded.length; at += 1) {
      const gram = padded.slice(at, at + 3);
      trigrams.set(gram, (trigrams.get(gram) ?? 0) + 1);
      size += 1;
    }
  }
  return { words, ranges, trigrams, size };
}

/** How alike two texts are, from 0 to 1: the Dice coefficient of their trigrams. Two texts without words are not alike. */
export function likeness(a: Compared, b: Compared): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [less, more] = a.trigrams.size <= b.trigrams.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [gram, count] of less.trigrams) shared += Math.min(count, more.trigrams.get(gram) ?? 0);
  return (2 * shared) / (a.size + b.size);
}

/** Small words, which two texts share whatever they are about. */
const SMALL = new Set(
  "a an the of to in on at by for with and or is are be as it its that from each any all no".split(" "),
);
/** Letters from which on two words with the same beginning count as one: encrypt, encrypted, encryption. */
const STEM = 4;

/** Which share of the weighty words of `b`, 0 to 1, stands in `a` in some form; 0 when `b` has too few to tell. */
export function coverage(a: Compared, b: Compared): number {
  const wanted = [...new Set(b.words)].filter((word) => !SMALL.has(word));
  if (wanted.length < 3) return 0;
  const found = wanted.filter((word) => a.words.some((other) => isForm(word, other)));
  return found.length / wanted.length;
}

function isForm(word: string, other: string): boolean {
  if (word === other) return true;
  const [less, more] = word.length <= other.length ? [word, other] : [other, word];
  return less.length >= STEM && more.startsWith(less);
}

/** Fewest words that make a passage. */
const RUN = 4;

/** The longest run of words of `a` that stands in `b` as well; null when none is long enough to be a passage. */
export function sharedPassage(a: Compared, b: Compared): TextRange | null {
  const run = Math.min(RUN, a.words.length, b.words.length);
  if (run === 0) return null;
  const known = new Set<string>();
  for (let at = 0; at + run <= b.words.length; at += 1) known.add(b.words.slice(at, at + run).join(" "));
  let best: { first: number; last: number } | null = null;
  let first = -1;
  for (let at = 0; at + run <= a.words.length; at += 1) {
    if (!known.has(a.words.slice(at, at + run).join(" "))) {
      first = -1;
      continue;
    }
    if (first === -1) first = at;
    const last = at + run - 1;
    if (best === null || last - first > best.last - best.first) best = { first, last };
  }
  const [from, to] = [a.ranges[best?.first ?? -1], a.ranges[best?.last ?? -1]];
  return from && to ? { from: from.from, to: to.to } : null;
}
