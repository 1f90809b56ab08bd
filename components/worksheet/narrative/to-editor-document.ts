import type { JSONContent } from "@tiptap/core";
import type { Narrative } from "@/lib/domain/worksheet/narrative";

/** The narrative as the editor takes it: an empty one has the one empty paragraph that one types into. */
export function toEditorDocument(narrative: Narrative): JSONContent {
  // The model's nodes are the editor's; only its lists are read-only to us.
  return narrative.content.length > 0 ? (narrative as JSONContent) : { type: "doc", content: [{ type: "paragraph" }] };
}
