import { digestOf } from "@/lib/cli/document/content";
import type { Written } from "@/lib/cli/document/head";
import type { SectionDto } from "@/lib/contracts/section";
import { isSame } from "@/lib/domain/same";
import { mergeParts, mergeSection, mergeWithChoices, type Side } from "@/lib/domain/worksheet/merge";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** How a section of a file stands to what the server has. */
export type Standing =
  /** Neither side changed it. */
  | "unchanged"
  /** The file changed it, and the server still has what it was written on. */
  | "here"
  /** The server has another text than the one that the file was written on; the file has not changed it. */
  | "there"
  /** Both changed it, to the same text. */
  | "same"
  /** Both changed it. */
  | "both";

/** A section of a file beside what it was written on and what the server has now. */
export interface Sides<K extends PartKey = PartKey> {
  readonly key: K;
  readonly mine: SectionContent<K>;
  readonly written: Written;
  /** What it was written on; null where that was not kept. */
  readonly base: SectionContent<K> | null;
  readonly current: SectionDto<K>;
}

/** How a section stands. */
export function standingOf({ mine, written, current }: Sides): Standing {
  const isMoved = current.version !== written.version;
  if (digestOf(mine) === written.sha256) return isMoved ? "there" : "unchanged";
  if (isSame(mine, current.content)) return "same";
  return isMoved ? "both" : "here";
}

/**
 * Both changes of a section together, by the rules of the page: what only one side changed is taken from it.
 * @returns null where both changed the same, or where nobody knows any more what they began with
 */
export function mergedOf<K extends PartKey>({ key, mine, base, current }: Sides<K>): SectionContent<K> | null {
  return base && mergeSection(key, base, mine, current.content);
}

/**
 * The two texts between which a person has to choose. Where it is known what both began with, and changes that do not touch
 * each other are to be taken together, they differ in the rest alone.
 */
export function textsInConflict<K extends PartKey>(
  { key, mine, base, current }: Sides<K>,
  together: boolean,
): { readonly mine: SectionContent<K>; readonly theirs: SectionContent<K> } {
  if (!base || !together) return { mine, theirs: current.content };
  const of = (side: Side) => {
    const parts = mergeParts(key, base, mine, current.content);
    const choices = Object.fromEntries(parts.map(({ id }) => [id, side]));
    return mergeWithChoices(key, base, mine, current.content, choices);
  };
  return { mine: of("mine"), theirs: of("theirs") };
}
