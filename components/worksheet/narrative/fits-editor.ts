import { EDITOR_SCHEMA } from "@/components/worksheet/narrative/editor-schema";
import { toEditorDocument } from "@/components/worksheet/narrative/to-editor-document";
import type { Narrative } from "@/lib/domain/worksheet/narrative";

/**
 * Whether the editor can show a narrative of unknown origin. Its size is not asked about: a text that is too long is kept
 * on the device because the server refused it, and is to be shortened in the editor.
 */
export function fitsEditor(narrative: unknown): narrative is Narrative {
  try {
    EDITOR_SCHEMA.nodeFromJSON(toEditorDocument(narrative as Narrative)).check();
    return (narrative as Narrative).type === "doc";
  } catch {
    return false;
  }
}
