import { describe, expect, test } from "vitest";
import { fitsEditor } from "@/components/worksheet/narrative/fits-editor";

const linked = (...marks: readonly unknown[]) => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text: "x", marks }] }],
});

describe("a narrative of unknown origin", () => {
  test.each([
    ["nothing in it", { type: "doc", content: [] }],
    ["a link", linked({ type: "link", attrs: { href: "https://a.example/" } })],
  ])("fits with %s", (_what, narrative) => {
    expect(fitsEditor(narrative)).toBe(true);
  });

  test.each([
    ["a link that leads nowhere", linked({ type: "link" })],
    ["a link to null", linked({ type: "link", attrs: { href: null } })],
    ["a link to a number", linked({ type: "link", attrs: { href: 7 } })],
    ["a link that runs a script", linked({ type: "link", attrs: { href: "javascript:alert(1)" } })],
    ["a mark that nobody knows", linked({ type: "colour" })],
    ["a node that nobody knows", { type: "doc", content: [{ type: "image" }] }],
    ["no document", { type: "paragraph", content: [] }],
    ["nothing", null],
  ])("does not with %s", (_what, narrative) => {
    expect(fitsEditor(narrative)).toBe(false);
  });
});
