import type { Node } from "prosemirror-model";
import { EDITOR_SCHEMA, MARKS } from "@/components/worksheet/narrative/editor-schema";
import { isAllowedAddress } from "@/components/worksheet/narrative/link-address";
import { toEditorDocument } from "@/components/worksheet/narrative/to-editor-document";
import type { Narrative } from "@/lib/domain/worksheet/narrative";

/**
 * Whether the editor can show a narrative of unknown origin. Its size is not asked about: a text that is too long is kept
 * on the device because the server refused it, and is to be shortened in the editor.
 */
export function fitsEditor(narrative: unknown): narrative is Narrative {
  try {
    const document = EDITOR_SCHEMA.nodeFromJSON(toEditorDocument(narrative as Narrative));
    document.check();
    return (narrative as Narrative).type === "doc" && hasLiveLinks(document);
  } catch {
    return false;
  }
}

/** Whether every link leads to an address that the model takes: the schema takes any value for one. */
function hasLiveLinks(document: Node): boolean {
  let live = true;
  document.descendants(({ marks }) => {
    const link = MARKS.link.isInSet(marks);
    const href: unknown = link?.attrs.href;
    live &&= !link || (typeof href === "string" && isAllowedAddress(href));
    return live;
  });
  return live;
}
