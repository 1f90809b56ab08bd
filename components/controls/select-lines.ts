import { STATE_LOOKS } from "@/components/kit/status";
import { chapterOf, compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { WorksheetLine } from "@/lib/domain/controls/matrix";
import { WORKSHEET_STATES } from "@/lib/domain/workflow/states";

/** The lines that fit the search, the state and the family; "" for any. `textOf` is what else the search looks through. */
export function selectLines<T extends WorksheetLine>(
  lines: readonly T[],
  filters: { readonly q: string; readonly state: string; readonly family: string },
  textOf: (line: T) => string = () => "",
): T[] {
  const words = filters.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    const text = `${line.requirementNumber} ${line.requirementTitle} ${textOf(line)}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (filters.state === "" || line.state === filters.state) &&
      (filters.family === "" || chapterOf(line.requirementNumber) === filters.family)
    );
  });
}

/** The filter by the state of a worksheet. */
export const STATE_FILTER = {
  name: "state",
  label: "State",
  options: WORKSHEET_STATES.map((value) => ({ value, label: STATE_LOOKS[value].word })),
} as const;

/** The families that lines belong to, as choices of a filter. */
export function familyOptions(lines: readonly WorksheetLine[]): { readonly value: string; readonly label: string }[] {
  const families = [...new Set(lines.map(({ requirementNumber }) => chapterOf(requirementNumber)))].sort(
    compareNumbers,
  );
  return families.map((value) => ({
    value,
    label: value.startsWith("A") ? `Appendix ${value}` : `Requirement ${value}`,
  }));
}
