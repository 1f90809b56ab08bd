/**
 * Pasted HTML made ready for the editor, which keeps only what its model knows: headings become bold
 * paragraphs, and Word's list paragraphs become real lists. Browser only.
 */
export function cleanPastedHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const noise of body.querySelectorAll("style, script, meta, link, title, xml")) noise.remove();
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const paragraph = document.createElement("p");
    const strong = document.createElement("strong");
    strong.append(...heading.childNodes);
    paragraph.append(strong);
    heading.replaceWith(paragraph);
  }
  gatherWordLists(body);
  return body.innerHTML;
}

const LEVEL = /mso-list:[^;]*level(\d+)/iu;

/** Word marks the items of a list by style alone: `mso-list: l0 level2 lfo1` on plain paragraphs. */
function gatherWordLists(body: HTMLElement): void {
  // Lists that are open at the present paragraph, outermost first.
  let open: HTMLElement[] = [];
  let last: Element | null = null;
  for (const paragraph of [...body.querySelectorAll("p[style*='mso-list' i]")]) {
    const level = Number(LEVEL.exec(paragraph.getAttribute("style") ?? "")?.[1] ?? 0);
    if (level === 0) continue;
    if (last !== null && paragraph.previousElementSibling !== last) open = [];
    const tag = takeMarker(paragraph);
    open = open.slice(0, level);
    while (open.length < level) open.push(openList(tag, open.at(-1) ?? null, paragraph));
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.append(...paragraph.childNodes);
    item.append(text);
    open.at(-1)?.append(item);
    paragraph.remove();
    last = open[0] ?? null;
  }
}

function openList(tag: "ul" | "ol", outer: HTMLElement | null, before: Element): HTMLElement {
  const list = document.createElement(tag);
  if (outer) (outer.lastElementChild ?? outer).append(list);
  else before.before(list);
  return list;
}

/** Removes the bullet or number that Word writes into the paragraph, and tells which of the two it was. */
function takeMarker(paragraph: Element): "ul" | "ol" {
  const marker = [...paragraph.querySelectorAll("span")].find((span) =>
    /mso-list:\s*ignore/iu.test(span.getAttribute("style") ?? ""),
  );
  const sign = marker?.textContent?.trim() ?? "";
  marker?.remove();
  return /^[\p{Alphabetic}\d]{1,4}[.)]/u.test(sign) ? "ol" : "ul";
}
