import { describe, expect, it } from "vitest";
import { narrativeSchema } from "./narrative";

const doc = (...content: readonly unknown[]) => ({ type: "doc", content });
const words = [{ type: "text", text: "kms:Decrypt" }];

describe("a narrative", () => {
  it("is kept as it was sent", () => {
    const sent = doc(
      { type: "paragraph", content: [...words, { type: "hardBreak" }, { type: "text", text: " e\u0301\u202e " }] },
      { type: "codeBlock", content: words },
      { type: "paragraph" },
    );
    expect(narrativeSchema.parse(sent)).toEqual(sent);
  });

  it("leaves out what an editor adds for itself", () => {
    const paragraph = { type: "paragraph", content: words };
    const cell = { type: "tableCell", attrs: { colspan: 1, rowspan: 1, colwidth: null }, content: [paragraph] };
    const sent = doc(
      { type: "codeBlock", attrs: { language: null }, content: words },
      { type: "table", content: [{ type: "tableRow", content: [cell] }] },
    );
    const row = { type: "tableRow", content: [{ type: "tableCell", content: [paragraph] }] };
    expect(narrativeSchema.parse(sent)).toEqual(
      doc({ type: "codeBlock", content: words }, { type: "table", content: [row] }),
    );
  });

  it.each([
    ["text beside the content of a code block", { type: "codeBlock", text: "lost", content: words }],
    ["text beside the content of a cell", cellWith({ text: "lost" })],
    ["a cell over two columns", cellWith({ attrs: { colspan: 2 } })],
    ["a node nobody knows", { type: "image", attrs: { src: "https://example.com/a.png" } }],
    ["a link that runs a script", linked("javascript:alert(1)")],
    ["a broken character", { type: "paragraph", content: [{ type: "text", text: "\ud800" }] }],
    ["NUL", { type: "codeBlock", content: [{ type: "text", text: "a\u0000b" }] }],
  ])("is refused, not cut, with %s", (_what, block) => {
    expect(narrativeSchema.safeParse(doc(block)).success).toBe(false);
  });

  it.each([13, 5_000])("is refused when it is nested %i deep", (depth) => {
    let block: unknown = { type: "paragraph" };
    for (let n = 0; n < depth; n += 1)
      block = { type: "bulletList", content: [{ type: "listItem", content: [block] }] };
    expect(narrativeSchema.safeParse(doc(block)).success).toBe(false);
  });
});

function cellWith(more: object): unknown {
  const cell = { type: "tableCell", content: [{ type: "paragraph" }], ...more };
  return { type: "table", content: [{ type: "tableRow", content: [cell] }] };
}

function linked(href: string): unknown {
  return { type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "link", attrs: { href } }] }] };
}
