import { goToSection, sectionAnchor } from "@/components/worksheet/section-anchor";
import type { Place } from "@/lib/domain/rigour/finding";

/** Brings the place of a finding into view: the passage itself, the item, or the section. */
export function goToPlace(place: Place, passage: string | null): void {
  const { section, itemId, field } = place;
  if (section === null) return;
  goToSection(section);
  const frame = itemId === undefined ? null : document.querySelector(`[data-item-id="${CSS.escape(itemId)}"]`);
  if (frame) {
    const head = frame.querySelector<HTMLElement>("[aria-expanded]");
    if (head?.getAttribute("aria-expanded") === "false") head.click();
    frame.scrollIntoView({ block: "center" });
    head?.focus({ preventScroll: true });
    return;
  }
  if (passage !== null && field === undefined) markPassage(section, passage);
}

/** Selects the first place where the section's text has the passage, whatever marks it is cut up by. */
function markPassage(section: NonNullable<Place["section"]>, passage: string): void {
  const root = document.getElementById(sectionAnchor(section))?.closest("section")?.querySelector("[contenteditable]");
  if (!root) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: { readonly node: Text; readonly at: number }[] = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, at: text.length });
    text += node.nodeValue ?? "";
  }
  const from = text.indexOf(passage);
  if (from === -1) return;
  const within = (offset: number) => nodes.findLast(({ at }) => at <= offset);
  const [start, end] = [within(from), within(from + passage.length - 1)];
  if (!start || !end) return;
  const range = document.createRange();
  range.setStart(start.node, from - start.at);
  range.setEnd(end.node, from + passage.length - end.at);
  if (root instanceof HTMLElement) root.focus({ preventScroll: true });
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  start.node.parentElement?.scrollIntoView({ block: "center" });
}
