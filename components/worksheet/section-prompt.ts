import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { guidanceFor } from "@/lib/domain/worksheet/guidance";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What to write, shown in a section's empty text field. */
export function sectionPrompt(key: SectionKey, version: StandardVersion): string {
  return guidanceFor(key, version).asks;
}
