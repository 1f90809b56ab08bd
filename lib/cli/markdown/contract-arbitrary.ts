import fc from "fast-check";
import { narrativeSchema } from "@/lib/contracts/narrative";
import type { Narrative } from "@/lib/domain/worksheet/narrative";

const HOSTILE = [
  ...["---", "---\ncountervail: 1\n---", "## Objective", "# x", "```", "```yaml fields", "~~~", "    indented", "\tx"],
  ...["<<<<<<< yours", "=======", "|||||||", ">>>>>>> server", "<!-- empty paragraph -->", "<!---->", "<br>", "<p>"],
  ...[
    "<script>alert(1)</script>",
    "&#10;",
    "&nbsp;",
    "&",
    "\\",
    "\\\\",
    "a\\",
    "|",
    "a|b",
    "| - |",
    "\u00a0",
    " ",
    "  ",
  ],
  ...["\u2028", "\u0085", "\ufeff", "\r", "\r\n", "\n", "a\nb", "\u0001", "\u007f", "\u001b[31m", "\u200b", "\u202e"],
  ...["[x]: y", "[a](b)", "![a](b)", "<https://x.example>", "https://x.example", "_a_", "*a*", "**a**", "***", "a_b_c"],
  ...[
    "1.",
    "1)",
    "-",
    "- x",
    "+",
    "*",
    "> x",
    "- [ ] x",
    "~~x~~",
    "`",
    "``a`",
    ":---",
    "\u{1f600}",
    "e\u0301",
    "key: value",
  ],
] as const;

/** Text that looks like what Markdown, YAML, git and HTML mean something by. For tests. */
export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  fc.string({ minLength: 1, maxLength: 12, unit: "binary" }).filter((one) => one.isWellFormed() && !one.includes("\0")),
  fc.array(fc.constantFrom(...HOSTILE, "a", " ", "b"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
);
const mark = fc.oneof(
  fc.constantFrom({ type: "bold" }, { type: "italic" }, { type: "code" }),
  fc
    .constantFrom(
      "https://x.example/a_(b)",
      "http://x.example/?q=%20\\",
      "mailto:a@x.example",
      "https://x.example/<>|\u00a0",
    )
    .map((href) => ({ type: "link", attrs: { href } })),
);
const run = fc.oneof(
  { weight: 3, arbitrary: hostileText.map((value) => ({ type: "text", text: value })) },
  fc.record({
    type: fc.constant("text"),
    text: hostileText,
    marks: fc.array(mark, { maxLength: 3 }),
  }),
);
const inline = fc.oneof({ weight: 4, arbitrary: run }, fc.constant({ type: "hardBreak" }));
const content = <T>(of: fc.Arbitrary<T>) => fc.option(fc.array(of, { maxLength: 4 }), { nil: undefined });
const withContent = <T>(type: string, of: fc.Arbitrary<T>) =>
  content(of).map((inside) => (inside === undefined ? { type } : { type, content: inside }));

const blocks = fc.letrec((tie) => ({
  paragraph: withContent("paragraph", inline),
  codeBlock: withContent("codeBlock", run),
  inner: fc.oneof({ depthSize: "small" }, tie("paragraph"), tie("codeBlock"), tie("bulletList"), tie("orderedList")),
  listItem: fc
    .array(tie("inner"), { minLength: 1, maxLength: 3 })
    .map((inside) => ({ type: "listItem", content: inside })),
  items: fc.array(tie("listItem"), { minLength: 1, maxLength: 3 }),
  bulletList: tie("items").map((inside) => ({ type: "bulletList", content: inside })),
  orderedList: fc
    .record({
      attrs: fc.constantFrom(undefined, {}, { start: 0 }, { start: 1 }, { start: 7 }, { start: 1_000_000 }),
      inside: tie("items"),
    })
    .map(({ attrs, inside }) => ({ type: "orderedList", ...(attrs ? { attrs } : {}), content: inside })),
  cell: fc.record({
    type: fc.constantFrom("tableCell", "tableHeader"),
    content: fc.array(tie("inner"), { minLength: 1, maxLength: 2 }),
  }),
  row: fc.array(tie("cell"), { maxLength: 3 }).map((inside) => ({ type: "tableRow", content: inside })),
  table: fc.array(tie("row"), { minLength: 1, maxLength: 3 }).map((inside) => ({ type: "table", content: inside })),
  top: fc.oneof(tie("paragraph"), tie("codeBlock"), tie("bulletList"), tie("orderedList"), tie("table")),
}));

/** Any narrative that the contract takes, hostile ones first. For tests. */
export const contractNarrative: fc.Arbitrary<Narrative> = fc
  .array(blocks.top, { maxLength: 5 })
  .map((inside) => ({ type: "doc", content: inside }))
  .map((one) => narrativeSchema.safeParse(one))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data as Narrative);
