import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { SECTION_HINTS } from "@/lib/domain/worksheet/section-hints";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What to write, shown in a section's empty text field. */
export function sectionPrompt(key: SectionKey, _version: StandardVersion): string {
  return SECTION_HINTS[key];
}
