import fc from "fast-check";
import type { BlockNode, InlineNode, Mark, Narrative, TextNode } from "@/lib/domain/worksheet/narrative";

/** Text as technical writers type it, with signs that Markdown and HTML would eat. For tests. */
export const trickyText = fc.oneof(
  fc.constantFrom(
    "__init__",
    "a_b_c",
    "arn:aws:iam::123456789012:role/*",
    "a < b && c",
    "1. foo",
    "* not a list",
    "&amp; <b>",
    "“quotes” → Łódź",
    "  two  blanks  ",
    "# no heading",
    "`tick`",
  ),
  fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }),
);

// In the order in which the editor keeps marks, so that a round trip is the identity.
const marks = fc
  .record({
    link: fc.option(fc.constantFrom("https://example.com/a_b?c=<d>", "mailto:a@example.com")),
    bold: fc.boolean(),
    code: fc.boolean(),
    italic: fc.boolean(),
  })
  .map(({ link, bold, code, italic }): Mark[] => [
    ...(link === null ? [] : [{ type: "link" as const, attrs: { href: link } }]),
    ...(bold ? [{ type: "bold" as const }] : []),
    ...(code ? [{ type: "code" as const }] : []),
    ...(italic ? [{ type: "italic" as const }] : []),
  ]);
const run = fc
  .record({ text: trickyText, marks })
  .map(
    ({ text, marks: own }): TextNode => (own.length > 0 ? { type: "text", text, marks: own } : { type: "text", text }),
  );
const inline: fc.Arbitrary<InlineNode> = fc.oneof(
  { weight: 5, arbitrary: run },
  fc.constant({ type: "hardBreak" as const }),
);

/** Neighbouring runs with the same marks are one run, as the editor joins them. */
function joined(nodes: readonly InlineNode[]): InlineNode[] {
  const all: InlineNode[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    const same =
      last?.type === "text" && node.type === "text" && JSON.stringify(last.marks) === JSON.stringify(node.marks);
    if (same) all[all.length - 1] = { ...last, text: last.text + node.text };
    else all.push(node);
  }
  return all;
}

const blocks = fc.letrec((tie) => ({
  paragraph: fc
    .array(inline, { maxLength: 4 })
    .map((nodes) => (nodes.length > 0 ? { type: "paragraph", content: joined(nodes) } : { type: "paragraph" })),
  codeBlock: fc
    .option(trickyText)
    .map((text) => (text === null ? { type: "codeBlock" } : { type: "codeBlock", content: [{ type: "text", text }] })),
  nested: fc.oneof({ depthSize: "small" }, tie("paragraph"), tie("codeBlock"), tie("bulletList"), tie("orderedList")),
  listItem: fc.array(tie("nested"), { minLength: 1, maxLength: 3 }).map((content) => ({ type: "listItem", content })),
  bulletList: fc
    .array(tie("listItem"), { minLength: 1, maxLength: 3 })
    .map((content) => ({ type: "bulletList", content })),
  orderedList: fc
    .record({ start: fc.nat(40), content: fc.array(tie("listItem"), { minLength: 1, maxLength: 3 }) })
    .map(({ start, content }) => ({ type: "orderedList", ...(start === 1 ? {} : { attrs: { start } }), content })),
  cell: fc.record({
    type: fc.constantFrom("tableCell", "tableHeader"),
    content: fc.array(tie("nested"), { minLength: 1, maxLength: 2 }),
  }),
  row: fc.array(tie("cell"), { minLength: 1, maxLength: 3 }).map((content) => ({ type: "tableRow", content })),
  table: fc.array(tie("row"), { minLength: 1, maxLength: 3 }).map((content) => ({ type: "table", content })),
  top: fc.oneof(tie("paragraph"), tie("codeBlock"), tie("bulletList"), tie("orderedList"), tie("table")),
}));

/** Narratives in the form in which the editor writes them. For tests. */
export const anyNarrative: fc.Arbitrary<Narrative> = fc
  .array(blocks.top as fc.Arbitrary<BlockNode>, { maxLength: 5 })
  .filter(([first, ...rest]) => !(first?.type === "paragraph" && !first.content && rest.length === 0))
  .map((content) => ({ type: "doc", content }));
