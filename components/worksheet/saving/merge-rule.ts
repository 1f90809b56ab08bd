import { relabelNewItems } from "@/components/worksheet/merge/relabel";
import { mergeSection } from "@/lib/domain/worksheet/merge";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Merges two edits of a section where no part was changed by both; null where a person has to choose. */
export function mergeSectionOrClash(
  key: PartKey,
  base: SectionContent,
  mine: SectionContent,
  theirs: SectionContent,
): SectionContent | null {
  const merged = mergeSection(key, base, mine, theirs);
  return merged && relabelNewItems(key, theirs, merged);
}
