import { BLOCKS, cleanPastedTables } from "@/components/worksheet/narrative/clean-pasted-tables";

/**
 * Pasted HTML made ready for the editor, which keeps only what its model knows: headings become bold
 * paragraphs, and Word's list paragraphs become real lists. Browser only.
 */
export function cleanPastedHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const noise of body.querySelectorAll("style, script, meta, link, title, xml")) noise.remove();
  for (const space of body.querySelectorAll("o\\:p")) if (space.textContent.trim() === "") space.remove();
  // What comes from an editor such as this one has no breaks for looks.
  if (!body.querySelector("[data-pm-slice]")) for (const line of body.querySelectorAll("br")) removeUnseen(line);
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const paragraph = document.createElement("p");
    const strong = document.createElement("strong");
    strong.append(...heading.childNodes);
    paragraph.append(strong);
    heading.replaceWith(paragraph);
  }
  gatherWordLists(body);
  cleanPastedTables(body);
  return body.innerHTML;
}

/** A break at the end of a block is not to be seen: it keeps an empty line open, as Google Docs has it between paragraphs. */
function removeUnseen(line: HTMLBRElement): void {
  let next: ChildNode | null = line.nextSibling;
  while (next instanceof Comment || (next instanceof Text && /^\s*$/u.test(next.data))) next = next.nextSibling;
  const ends = next === null ? line.parentElement?.matches(BLOCKS) : next instanceof Element && next.matches(BLOCKS);
  if (ends) line.remove();
}

/** Word has no deeper levels. */
const DEEPEST = 9;
const LEVEL = /mso-list:[^;]*level(\d+)/iu;

/** Word marks the items of a list by style alone: `mso-list: l0 level2 lfo1` on plain paragraphs. */
function gatherWordLists(body: HTMLElement): void {
  // Lists that are open at the present paragraph, outermost first.
  let open: HTMLElement[] = [];
  let last: Element | null = null;
  for (const paragraph of [...body.querySelectorAll("p[style*='mso-list' i]")]) {
    const level = Math.min(DEEPEST, Number(LEVEL.exec(paragraph.getAttribute("style") ?? "")?.[1] ?? 0));
    if (level === 0) continue;
    if (last !== null && paragraph.previousElementSibling !== last) open = [];
    const marker = takeMarker(paragraph);
    open = open.slice(0, level);
    while (open.length < level) open.push(openList(marker, open.at(-1) ?? null, paragraph));
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.append(...paragraph.childNodes);
    item.append(text);
    open.at(-1)?.append(item);
    paragraph.remove();
    last = open[0] ?? null;
  }
}

interface Marker {
  readonly tag: "ul" | "ol";
  /** The number that it is; letters and Roman numbers begin anew. */
  readonly number: string | null;
  /** Says what no list of the model does: it stays in the text. */
  readonly isText?: boolean;
}

function openList({ tag, number }: Marker, outer: HTMLElement | null, before: Element): HTMLElement {
  const list = document.createElement(tag);
  if (number !== null) list.setAttribute("start", number);
  if (outer) (outer.lastElementChild ?? outer).append(list);
  else before.before(list);
  return list;
}

/** A bullet is one sign of any font, such as `o` or `§`, or several that are no words. */
const BULLET = /^(?:\D|[^\p{L}\d]*)$/u;
/** A number, a letter, which Word doubles behind z, or a Roman number. */
const NUMBERED = /^(?:(\d{1,4})[.)]?|(?:(\p{L})\2{0,3}|[ivxlcdm]{1,8})[.)])$/iu;

/** What the sign before an item says of its list. `1.1.`, `(a)` or `Req. 1:` may be referred to, and are shown by none. */
export function markerOf(sign: string): Marker {
  if (BULLET.test(sign)) return { tag: "ul", number: null };
  const numbered = NUMBERED.exec(sign);
  return numbered ? { tag: "ol", number: numbered[1] ?? null } : { tag: "ul", number: null, isText: true };
}

/** Removes the bullet or number that Word writes into the paragraph, and tells what it was. */
function takeMarker(paragraph: Element): Marker {
  const marker = [...paragraph.querySelectorAll("span")].find((span) =>
    /mso-list:\s*ignore/iu.test(span.getAttribute("style") ?? ""),
  );
  const sign = marker?.textContent?.trim() ?? "";
  const kind = markerOf(sign);
  marker?.replaceWith(kind.isText ? `${sign} ` : "");
  return kind;
}
