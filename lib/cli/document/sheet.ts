import type { Contents } from "@/lib/cli/document/content";
import { type Head, normalised, readHead, writeHead } from "@/lib/cli/document/head";
import { isFields, type ReadSection, readSection, writeSection } from "@/lib/cli/document/section";
import { lineOf, MARK_LINE, type Md, type MdNode } from "@/lib/cli/markdown/mdast";
import { parseMarkdown, writeMarkdown } from "@/lib/cli/markdown/narrative";
import { byLine, type Trouble } from "@/lib/cli/trouble";
import { kindNoun } from "@/lib/domain/records/kinds";
import { itemLabels } from "@/lib/domain/worksheet/item-labels";
import type { PartContents } from "@/lib/domain/worksheet/model";
import { PART_LABELS, type PartKey, partsOf } from "@/lib/domain/worksheet/sections";

/** A file of a worksheet, as it was read. */
export interface Sheet {
  readonly head: Head;
  readonly headLines: number;
  /** The text with line feeds alone. */
  readonly text: string;
  readonly sections: ReadonlyMap<PartKey, ReadSection>;
  /** Everything that stops it from being sent, by line. */
  readonly troubles: readonly Trouble[];
}

/** A worksheet as a file. Read back, each section is what it was to the letter. */
export function writeSheet(head: Head, contents: Contents): string {
  return `${writeHead(head)}\n${writeBody(head, contents)}`;
}

/** Everything behind the head. */
export function writeBody(head: Head, contents: Contents): string {
  const title = writeMarkdown([
    { type: "heading", depth: 1, children: [{ type: "text", value: `${head.requirement} ${head.title}`.trim() }] },
  ]);
  const names = namesIn(contents);
  const sections = partsOf(head.kind, head.standard).flatMap((key) => {
    const content = contents[key];
    return content ? [writeSection(key, content, names)] : [];
  });
  return [title, ...sections].join("\n");
}

/** What people call the entries that ids in these contents point to. */
export function namesIn(contents: Contents): (id: string) => string | null {
  const labels = itemLabels(contents as PartContents);
  return (id) => labels.get(id) ?? null;
}

/** Reads a file. @returns its sections with everything that is wrong, or the one thing that makes it no such file */
export function readSheet(given: string): Sheet | Trouble {
  const text = normalised(given);
  const taken = readHead(text);
  if ("message" in taken) return taken;
  const { head, body, headLines } = taken;
  const troubles = marksIn(body);
  const base = { head, headLines, text };
  if (troubles.length > 0) return { ...base, sections: new Map(), troubles };
  const tell = (trouble: Trouble) => troubles.push(trouble);
  const found = partsOfBody(head, body, tell);
  const place = [head.server, head.worksheet];
  const never = () => null;
  const read = new Map<PartKey, ReadSection>();
  const definition = found.get("definition");
  if (definition) {
    read.set("definition", readSection("definition", { ...definition, place, tell, controlOf: never }));
  }
  const controlOf = controlFinder(read.get("definition"));
  for (const [key, source] of found) {
    if (key !== "definition") read.set(key, readSection(key, { ...source, place, tell, controlOf }));
  }
  return { ...base, sections: read, troubles: byLine(troubles) };
}

/** What stops a file before it is read: marks of a conflict, and signs that nothing may hold. */
function marksIn(body: string): Trouble[] {
  return body.split("\n").flatMap((line, index) => {
    // Markdown would take it for another sign.
    if (line.includes("\0")) return [{ line: index + 1, message: "There is a NUL sign in this line. Remove it." }];
    if (!MARK_LINE.test(line)) return [];
    const message =
      "A conflict is still marked here. Keep what is right of both texts, and remove the lines with marks.";
    return [{ line: index + 1, message }];
  });
}

interface Found {
  readonly nodes: readonly MdNode[];
  readonly lines: ReadSection["lines"];
}

/** The sections below their headings, and complaints about headings that are missing, twice or unknown. */
function partsOfBody(head: Head, body: string, tell: (trouble: Trouble) => void): ReadonlyMap<PartKey, Found> {
  const keys = partsOf(head.kind, head.standard).filter((key) => head.sections[key]);
  const nodes: readonly MdNode[] = parseMarkdown(body).children;
  const at = nodes.flatMap((node, index) => (node.type === "heading" && node.depth === 2 ? [index] : []));
  const lastLine = body.replace(/\n+$/, "").split("\n").length;
  tellOfTop(nodes.slice(0, at[0] ?? nodes.length), tell);
  const found = new Map<PartKey, Found>();
  at.forEach((index, count) => {
    const heading = nodes[index] as Md<"heading">;
    const words = wordsOf(heading);
    const key = keys.find((one) => PART_LABELS[one] === words);
    const line = lineOf(heading);
    if (!key) {
      const message = `There is no section “${words}”. Headings of level 2 are the ${kindNoun(head.kind)}'s sections; within a text use a paragraph in bold.`;
      tell({ line, message });
    } else if (found.has(key)) tell({ line, message: `“${words}” is there twice.` });
    else {
      const next = at[count + 1];
      const to = next === undefined ? lastLine : lineOf(nodes[next] as MdNode) - 1;
      found.set(key, { nodes: nodes.slice(index + 1, next), lines: { from: line, to } });
    }
  });
  for (const key of keys.filter((one) => !found.has(one))) {
    const message = `The heading “## ${PART_LABELS[key]}” is missing, or stands in a block of code that is not closed. To empty a section, remove its text and leave its heading.`;
    tell({ line: lastLine, message });
  }
  return found;
}

function tellOfTop(nodes: readonly MdNode[], tell: (trouble: Trouble) => void): void {
  const title = nodes.findIndex((node) => node.type === "heading" && node.depth === 1);
  for (const node of nodes.filter((_, index) => index !== title)) {
    const what = isFields(node) ? "These fields stand" : "This text stands";
    tell({ line: lineOf(node), message: `${what} above the first section, where nothing is sent from.` });
  }
}

function wordsOf(heading: Md<"heading">): string {
  return heading.children.map((child) => ("value" in child ? child.value : "")).join("");
}

/** Finds controls by their labels, where one control alone has it. */
function controlFinder(definition: ReadSection | undefined): (label: string) => string | null {
  const content = definition?.content as ReadSection<"definition">["content"] | undefined;
  const controls = content?.items.controls ?? [];
  return (label) => {
    const [one, ...others] = controls.filter((control) => control.label === label.trim());
    return one && others.length === 0 ? one.id : null;
  };
}

/** The text of a file with other lines in the place of some sections, and another head; the rest stays as people wrote it. */
export function replaceInSheet(sheet: Sheet, head: Head, sections: ReadonlyMap<PartKey, string>): string {
  const lines = sheet.text.split("\n");
  const places = [...sections].flatMap(([key, text]) => {
    const read = sheet.sections.get(key);
    return read ? [{ ...read.lines, text }] : [];
  });
  for (const { from, to, text } of places.sort((a, b) => b.from - a.from)) {
    const isLast = to >= lines.length - 1;
    const written = text.replace(/\n$/, "").split("\n");
    lines.splice(from - 1, to - from + 1, ...written, "");
    if (isLast) while (lines.length > from && lines.at(-1) === "" && lines.at(-2) === "") lines.pop();
  }
  return writeHead(head) + lines.slice(sheet.headLines).join("\n");
}
