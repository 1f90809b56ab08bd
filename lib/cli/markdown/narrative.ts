import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown, gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import { gfmTable } from "micromark-extension-gfm-table";
import { fromMdast } from "@/lib/cli/markdown/from-mdast";
import { MARK_LINE, type MdNode, type Root, withLineFeeds } from "@/lib/cli/markdown/mdast";
import { asItIs, toMdast } from "@/lib/cli/markdown/to-mdast";
import type { Trouble } from "@/lib/cli/trouble";
import { isSame } from "@/lib/domain/same";
import type { BlockNode, Narrative } from "@/lib/domain/worksheet/narrative";

/** Blocks that are tried again one by one when they differ together; more than these, and all stand as they are. */
const MOST_TRIES = 20;

/** Reads Markdown: CommonMark, and the tables of GitHub. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

/** Writes Markdown; ends with a line feed, unless there is nothing. */
export function writeMarkdown(nodes: readonly MdNode[]): string {
  return toMarkdown(
    { type: "root", children: [...nodes] },
    {
      ...{ bullet: "-", fences: true, listItemIndent: "one", resourceLink: true, rule: "-" },
      extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
    },
  );
}

/** A narrative as Markdown, and what it cannot hold as blocks of JSON: read back it is the same to the letter. */
export function narrativeToMarkdown(narrative: Narrative): string {
  return writeMarkdown(narrativeNodes(narrative));
}

/** A narrative from Markdown, with everything that a narrative has no place for. Lines count from the text's first. */
export function narrativeFromMarkdown(text: string): { narrative: Narrative; troubles: readonly Trouble[] } {
  const troubles: Trouble[] = [];
  const content = fromMdast(parseMarkdown(withLineFeeds(text)).children, (trouble) => troubles.push(trouble));
  return { narrative: { type: "doc", content }, troubles };
}

/** The nodes of Markdown that a narrative is written as. */
export function narrativeNodes({ content }: Narrative): readonly MdNode[] {
  const plain = content.map(toMdast);
  if (staysSame(content, plain)) return plain;
  const raw = content.map((block) => !staysSame([block], [toMdast(block)]));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const nodes = nodesOf(content, raw);
    const at = firstDifference(content, nodes);
    if (at === null) return nodes;
    const next = raw.lastIndexOf(false, at);
    if (next < 0) break;
    raw[next] = true;
  }
  return [asItIs(content)];
}

function nodesOf(content: readonly BlockNode[], raw: readonly boolean[]): readonly MdNode[] {
  return content.map((block, index) => (raw[index] ? asItIs([block]) : toMdast(block)));
}

function staysSame(content: readonly BlockNode[], nodes: readonly MdNode[]): boolean {
  return firstDifference(content, nodes) === null;
}

/** The first block that is another when it is read back; null when all are the same. */
function firstDifference(content: readonly BlockNode[], nodes: readonly MdNode[]): number | null {
  const text = writeMarkdown(nodes);
  if (MARK_LINE.test(text)) return content.length - 1;
  const { narrative, troubles } = narrativeFromMarkdown(text);
  const back = narrative.content;
  const at = content.findIndex((block, index) => !isSame(block, back[index]));
  if (at >= 0) return at;
  return back.length === content.length && troubles.length === 0 ? null : content.length - 1;
}
