import { itemPieces, textOf } from "@/lib/domain/rigour/reading";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** Fields of items that are content of the row. What a scope item is called is none: it does not say what the constraint is. */
export const CONTENT_FIELDS: Readonly<Record<SectionKey, readonly string[]>> = {
  constraints: [],
  definition: ["title", "description", "aboveAndBeyond"],
  objective: [],
  identifiedRisk: ["threat", "asset", "residual"],
  validation: ["method", "sample", "result"],
  maintenance: ["task", "monitoring", "onFailure", "onChange"],
};

/** What a section says, its narrative and its items put together, trimmed. */
export function summariseText(sections: WorksheetSections, section: SectionKey): string {
  return [
    textOf(sections[section].narrative),
    ...itemPieces(sections, section, CONTENT_FIELDS[section]).map((piece) => piece.text),
  ]
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .join("\n");
}
