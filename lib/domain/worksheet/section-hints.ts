import { RECORD_HINTS } from "@/lib/domain/records/outline";
import { type CcwPartKey, isRecordPart, type PartKey } from "@/lib/domain/worksheet/sections";

/**
 * What each row of the worksheet and the criteria behind it ask for, in our own few words (the standard's sentences are not ours to print).
 * They hold for both versions of PCI DSS.
 */
export const SECTION_HINTS: Readonly<Record<CcwPartKey, string>> = {
  constraints: "Why the requirement cannot be met as it is written.",
  definition: "The controls in its place, and how they reach its aim.",
  objective: "What the requirement is for, and what these controls achieve.",
  identifiedRisk: "The risk left open because the requirement itself is not met.",
  validation: "Who tested the controls, when, how, and with what result.",
  maintenance: "What keeps the controls working, and who sees to it.",
  criteria: "Why these controls pass each of the criteria that the assessor decides on.",
};

/** What a part of a worksheet or a record asks for, in a few words. */
export function partHint(part: PartKey): string {
  return isRecordPart(part) ? RECORD_HINTS[part] : SECTION_HINTS[part];
}
