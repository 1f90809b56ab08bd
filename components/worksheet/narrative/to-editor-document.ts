import type { Narrative } from "@/lib/domain/worksheet/narrative";

/** The narrative as the editor takes it: an empty one has the one empty paragraph that one types into. */
export function toEditorDocument(narrative: Narrative): object {
  return narrative.content.length > 0 ? narrative : { type: "doc", content: [{ type: "paragraph" }] };
}
