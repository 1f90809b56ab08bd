import type { Place, TextRange } from "@/lib/domain/rigour/finding";
import type { Sentence } from "@/lib/domain/rigour/words/sentences";

/** A phrase that was found, with the sentence that it stands in. */
export interface Match {
  readonly place: Place & { readonly range: TextRange };
  readonly phrase: string;
  readonly sentence: string;
}

/**
 * One regular expression out of many, case-insensitive and global, at the borders of words. The phrases are English, so
 * plain letters do: patterns over all of Unicode take the browser many times as long to make ready.
 */
export function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(`(?<!\\w)(?:${patterns.join("|")})(?!\\w)`, "gi");
}

/** The first match of a pattern in each sentence that `refuses` does not turn away. */
export function matchesIn(
  sentences: readonly (Sentence & { readonly place: Place })[],
  pattern: RegExp,
  refuses: (sentence: string, match: RegExpMatchArray) => boolean = () => false,
): readonly Match[] {
  return sentences.flatMap(({ text, at, place }): Match[] => {
    for (const match of text.matchAll(pattern)) {
      if (refuses(text, match)) continue;
      const from = at + (match.index ?? 0);
      return [{ place: { ...place, range: { from, to: from + match[0].length } }, phrase: match[0], sentence: text }];
    }
    return [];
  });
}
