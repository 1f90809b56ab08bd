import { markPassage } from "@/components/worksheet/panel/mark-passage";
import { goToSection, sectionAnchor } from "@/components/worksheet/section-anchor";
import type { Place } from "@/lib/domain/rigour/finding";

/** Brings the place of a finding into view and marks it: the passage itself, the field, the item, or the section. */
export function goToPlace(place: Place, passage: string | null): void {
  const { section, itemId, field } = place;
  if (section === null) return;
  goToSection(section);
  const root = document.getElementById(sectionAnchor(section))?.closest<HTMLElement>("section");
  if (!root) return;
  if (itemId !== undefined) {
    goToItem(root, itemId, place);
    return;
  }
  if (field !== undefined) goToField(root, place);
  else if (passage !== null) {
    const text = root.querySelector<HTMLElement>("[contenteditable]");
    if (text) markPassage(text, passage);
  }
}

function goToItem(root: HTMLElement, itemId: string, place: Place): void {
  const frame = root.querySelector<HTMLElement>(`[data-item-id="${CSS.escape(itemId)}"]`);
  const head = frame?.querySelector<HTMLElement>("[aria-expanded]");
  if (!frame || !head) return;
  if (head.getAttribute("aria-expanded") === "false") head.click();
  frame.scrollIntoView({ block: "center" });
  head.focus({ preventScroll: true });
  // Its fields are there once the card has opened.
  requestAnimationFrame(() => goToField(frame, place));
}

/** Puts the focus on a field, with the passage in it selected. */
function goToField(frame: HTMLElement, { field, range }: Place): void {
  if (field === undefined) return;
  const named = frame.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  const input = named?.matches("input, textarea, select") ? named : named?.querySelector<HTMLElement>("input");
  if (!input) return;
  input.scrollIntoView({ block: "center" });
  input.focus({ preventScroll: true });
  const isText = input instanceof HTMLTextAreaElement || (input instanceof HTMLInputElement && input.type === "text");
  if (range && isText) input.setSelectionRange(range.from, range.to);
}
