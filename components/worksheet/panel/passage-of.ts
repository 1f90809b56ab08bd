import type { Finding } from "@/lib/domain/rigour/finding";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";

/** The words of a section's text that a finding points at; null when it points at a field, or at no words. */
export function passageOf({ place }: Pick<Finding, "place">, sections: WorksheetSections): string | null {
  const { section, range, field } = place;
  if (section === null || range === undefined || field !== undefined) return null;
  return narrativeText(sections[section].narrative).slice(range.from, range.to);
}
