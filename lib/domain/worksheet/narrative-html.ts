import type { InlineNode, Mark, Narrative, TableRowNode } from "@/lib/domain/worksheet/narrative";
import { safeLink } from "@/lib/domain/worksheet/safe-link";

type Node = Narrative["content"][number] | TableRowNode;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for HTML, both between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Plain text as HTML: escaped, its line feeds as breaks. */
export function textHtml(text: string): string {
  return escapeHtml(text).replace(/\r\n?|\n/g, "<br>");
}

/** A paragraph as word processors space it: without this each of them adds a blank line of its own. */
export const PARAGRAPH = '<p style="margin:0 0 5pt 0">';
const CODE = "<p style=\"margin:0 0 5pt 0;font-family:Consolas,'Courier New',monospace;font-size:9pt\">";

/**
 * Code as HTML in which its blanks and line feeds stay. A preformatted block would keep them too, but word processors
 * do not break its lines, so that a long one pushes the table off the page.
 */
function codeHtml(text: string): string {
  return textHtml(text)
    .replaceAll("\t", "    ")
    .replace(/^ | (?= )|(?<=<br>) /g, "&nbsp;");
}

/** The narrative as HTML that a word processor takes: paragraphs, lists, tables, code and allowed links. */
export function narrativeHtml(narrative: Narrative): string {
  return narrative.content.map(blockHtml).join("");
}

function blockHtml(node: Node): string {
  switch (node.type) {
    case "paragraph":
      return `${PARAGRAPH}${inlineHtml(node.content ?? [])}</p>`;
    case "codeBlock":
      return `${CODE}${codeHtml((node.content ?? []).map((part) => part.text).join(""))}</p>`;
    case "bulletList":
      return `<ul>${node.content.map((item) => `<li>${item.content.map(blockHtml).join("")}</li>`).join("")}</ul>`;
    case "orderedList": {
      const start = node.attrs?.start ?? 1;
      const items = node.content.map((item) => `<li>${item.content.map(blockHtml).join("")}</li>`).join("");
      return `<ol${start === 1 ? "" : ` start="${start}"`}>${items}</ol>`;
    }
    case "table":
      return `<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">${node.content.map(blockHtml).join("")}</table>`;
    case "tableRow":
      return `<tr>${node.content
        .map((cell) => {
          const tag = cell.type === "tableHeader" ? "th" : "td";
          return `<${tag} valign="top" align="left" style="vertical-align:top;text-align:left">${cell.content.map(blockHtml).join("")}</${tag}>`;
        })
        .join("")}</tr>`;
  }
}

function inlineHtml(nodes: readonly InlineNode[]): string {
  return nodes
    .map((node) => (node.type === "hardBreak" ? "<br>" : marked(textHtml(node.text), node.marks ?? [])))
    .join("");
}

function marked(html: string, marks: readonly Mark[]): string {
  return marks.reduce((inner, mark) => {
    if (mark.type === "bold") return `<strong>${inner}</strong>`;
    if (mark.type === "italic") return `<em>${inner}</em>`;
    if (mark.type === "code") return `<code>${inner}</code>`;
    const href = safeLink(mark.attrs.href);
    return href ? `<a href="${escapeHtml(href)}">${inner}</a>` : `${inner} [${textHtml(mark.attrs.href)}]`;
  }, html);
}
