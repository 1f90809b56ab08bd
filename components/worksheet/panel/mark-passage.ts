/** The name under which a passage is marked; its look is in worksheet.module.css. */
const MARK = "cv-passage";

/**
 * Marks the first place where an editor's text has a passage, whatever paragraphs and marks it is cut up by, and selects
 * it. The mark stays when the focus goes elsewhere, until the text is changed or another passage is marked.
 */
export function markPassage(root: HTMLElement, passage: string): void {
  const range = findPassage(root, passage);
  if (!range) return;
  root.focus({ preventScroll: true });
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  range.startContainer.parentElement?.scrollIntoView({ block: "center" });
  // Older browsers have the selection alone.
  if (!("highlights" in CSS)) return;
  CSS.highlights.set(MARK, new Highlight(range.cloneRange()));
  root.addEventListener("input", () => CSS.highlights.delete(MARK), { once: true });
}

/** White space is passed over: where blocks meet, the editor has none and the plain text has a line. */
function findPassage(root: HTMLElement, passage: string): Range | null {
  const places: { readonly node: Node; readonly offset: number }[] = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const value = node.nodeValue ?? "";
    for (let offset = 0; offset < value.length; offset += 1) {
      if (/\s/.test(value.charAt(offset))) continue;
      places.push({ node, offset });
      text += value.charAt(offset);
    }
  }
  const wanted = passage.replaceAll(/\s+/g, "");
  const from = wanted === "" ? -1 : text.indexOf(wanted);
  const [start, end] = [places[from], places[from + wanted.length - 1]];
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset + 1);
  return range;
}
