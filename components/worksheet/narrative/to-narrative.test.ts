import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EditorNode } from "@/components/worksheet/narrative/editor-json";
import { EDITOR_SCHEMA } from "@/components/worksheet/narrative/editor-schema";
import { anyNarrative } from "@/components/worksheet/narrative/narrative-arbitrary";
import { toEditorDocument } from "@/components/worksheet/narrative/to-editor-document";
import { toNarrative } from "@/components/worksheet/narrative/to-narrative";
import { narrativeSchema } from "@/lib/contracts/narrative";
import { EMPTY_NARRATIVE, type Narrative } from "@/lib/domain/worksheet/narrative";

/** Loads a narrative as the editor does, checks it against the editor's schema, and reads it back. */
function throughEditor(narrative: Narrative): Narrative {
  const document = EDITOR_SCHEMA.nodeFromJSON(toEditorDocument(narrative));
  document.check();
  return toNarrative(document.toJSON() as EditorNode);
}

describe("a narrative through the editor", () => {
  test("comes back unchanged, whatever signs and structure it has", () => {
    fc.assert(
      fc.property(anyNarrative, (narrative) => {
        expect(throughEditor(narrative)).toEqual(narrative);
      }),
      { numRuns: 300 },
    );
  });

  test("is what the contract takes, unchanged by it", () => {
    fc.assert(
      fc.property(anyNarrative, (narrative) => {
        const read = narrativeSchema.safeParse(throughEditor(narrative));
        // Only the depth that chance builds may be refused; nothing else may.
        if (read.success) expect(read.data).toEqual(narrative);
        else expect(read.error.issues.map((issue) => issue.message)).toEqual(["Nested too deeply."]);
      }),
      { numRuns: 200 },
    );
  });

  test("is empty when nobody typed anything", () => {
    expect(throughEditor(EMPTY_NARRATIVE)).toEqual(EMPTY_NARRATIVE);
  });
});

describe("what the model does not know", () => {
  const text = (value: string): EditorNode => ({ type: "text", text: value });

  test("attributes of the editor are dropped", () => {
    const narrative = toNarrative({
      type: "doc",
      content: [
        {
          type: "orderedList",
          attrs: { start: 1, type: "a" },
          content: [
            { type: "listItem", content: [{ type: "paragraph", attrs: { textAlign: "left" }, content: [text("x")] }] },
          ],
        },
        { type: "codeBlock", attrs: { language: "json" }, content: [text("{}")] },
        {
          type: "paragraph",
          content: [
            {
              type: "text",
              text: "y",
              marks: [{ type: "link", attrs: { href: "https://a.example/", target: "_blank", rel: "x" } }],
            },
          ],
        },
        {
          type: "table",
          content: [
            {
              type: "tableRow",
              content: [
                {
                  type: "tableHeader",
                  attrs: { colspan: 1, rowspan: 1, colwidth: null },
                  content: [{ type: "paragraph" }],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(narrative.content).toEqual([
      { type: "orderedList", content: [{ type: "listItem", content: [{ type: "paragraph", content: [text("x")] }] }] },
      { type: "codeBlock", content: [text("{}")] },
      {
        type: "paragraph",
        content: [{ type: "text", text: "y", marks: [{ type: "link", attrs: { href: "https://a.example/" } }] }],
      },
      {
        type: "table",
        content: [{ type: "tableRow", content: [{ type: "tableHeader", content: [{ type: "paragraph" }] }] }],
      },
    ]);
  });

  test("unknown nodes and marks lose their frame and keep their text", () => {
    const narrative = toNarrative({
      type: "doc",
      content: [
        { type: "heading", content: [text("Heading")] },
        { type: "blockquote", content: [{ type: "paragraph", content: [text("quoted")] }] },
        {
          type: "paragraph",
          content: [
            { type: "text", text: "under", marks: [{ type: "underline" }, { type: "bold" }] },
            { type: "image" },
          ],
        },
      ],
    });
    expect(narrative.content).toEqual([
      { type: "paragraph", content: [text("Heading")] },
      { type: "paragraph", content: [text("quoted")] },
      { type: "paragraph", content: [{ type: "text", text: "under", marks: [{ type: "bold" }] }] },
    ]);
  });

  test("a table within a table gives its text to the cell around it", () => {
    const inner: EditorNode = {
      type: "table",
      content: [
        { type: "tableRow", content: [{ type: "tableCell", content: [{ type: "paragraph", content: [text("in")] }] }] },
      ],
    };
    const narrative = toNarrative({
      type: "doc",
      content: [{ type: "table", content: [{ type: "tableRow", content: [{ type: "tableCell", content: [inner] }] }] }],
    });
    expect(narrative.content).toEqual([
      {
        type: "table",
        content: [
          {
            type: "tableRow",
            content: [{ type: "tableCell", content: [{ type: "paragraph", content: [text("in")] }] }],
          },
        ],
      },
    ]);
  });
});
