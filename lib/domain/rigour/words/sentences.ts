/** A sentence or a line, where it begins in the text that it was taken from. */
export interface Sentence {
  readonly text: string;
  readonly at: number;
}

/** A full stop ends a sentence before a capital or a digit that opens one; 8.3.4, e.g. and etc. go on. */
const END = /\n|[.!?;][”"’')\]]*\s+(?=[“"‘'(]?[\p{Lu}\d])/gu;
const SHORT =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|no|nos|approx|incl|excl|dr|mr|ms|mrs|st|fig|ref|sec|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)$/i;

/** Nobody writes longer sentences, and what the phrases cost grows faster than the length. */
const LONGEST = 2000;

/** Cuts a text into sentences and lines; what is blank is left out. */
export function sentencesIn(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  const add = (to: number) => {
    for (let start = from; start < to; start += LONGEST) {
      const raw = text.slice(start, Math.min(to, start + LONGEST));
      const trimmed = raw.trim();
      if (trimmed !== "") found.push({ text: trimmed, at: start + raw.indexOf(trimmed) });
    }
  };
  for (const match of text.matchAll(END)) {
    if (
      match[0] !== "\n" &&
      match[0].startsWith(".") &&
      SHORT.test(text.slice(Math.max(0, match.index - 8), match.index))
    )
      continue;
    const to = match.index + match[0].length;
    add(to);
    from = to;
  }
  add(text.length);
  return found;
}

/** Small words that say nothing by themselves, left out where the substance of a passage is asked for. */
const SMALL = new Set(
  "a an the of to in on at by for with and or is are was were be been it its this that these those".split(" "),
);

/**
 * A short name for what a passage says: its words without case, marks and small words. The same for a passage that was
 * only moved or punctuated anew, another one when a word of weight changes. No secret hangs on it (FNV-1a, 32 bits, twice).
 */
export function substanceOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const weighty = words.filter((word) => !SMALL.has(word)).join(" ");
  return `${fnv(weighty, 0x811c9dc5)}${fnv(weighty, 0x050c5d1f)}`;
}

function fnv(text: string, start: number): string {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36).padStart(7, "0");
}
