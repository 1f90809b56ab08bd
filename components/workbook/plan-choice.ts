import type { ApplyPlanInput, PlanPreviewDto } from "@/lib/contracts/oscal-import";

/** The requirements whose worksheet or fix is taken in. */
export type Choice = ReadonlySet<string>;

/** All that a plan would bring. */
export function everything({ worksheets, rows }: PlanPreviewDto): Choice {
  return new Set([...worksheets, ...rows].map(({ requirementNumber }) => requirementNumber));
}

/** The choice with a requirement in it that was not, or without it. */
export function toggled(choice: Choice, requirementNumber: string): Choice {
  const next = new Set(choice);
  if (!next.delete(requirementNumber)) next.add(requirementNumber);
  return next;
}

/** How many saves it takes to take in what is chosen. */
export function savesIn({ worksheets, rows }: PlanPreviewDto, choice: Choice): number {
  const chosen = worksheets.filter(({ requirementNumber }) => choice.has(requirementNumber));
  const fixes = rows.filter(({ requirementNumber }) => choice.has(requirementNumber));
  return chosen.reduce((sum, { saves }) => sum + saves, fixes.length);
}

/** What is sent to take it in. */
export function chosenInput({ worksheets, rows }: PlanPreviewDto, choice: Choice): ApplyPlanInput {
  const isChosen = ({ requirementNumber }: { readonly requirementNumber: string }) => choice.has(requirementNumber);
  return {
    worksheets: worksheets.filter(isChosen).map(({ change }) => change),
    rows: rows.filter(isChosen).map(({ change }) => change),
  };
}
