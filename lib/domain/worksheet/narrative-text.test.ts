import { describe, expect, test } from "vitest";
import { EMPTY_NARRATIVE, type ListItemNode, type Narrative } from "@/lib/domain/worksheet/narrative";
import {
  countWords,
  isNarrativeEmpty,
  isWithinNarrativeLimits,
  MAX_NARRATIVE_DEPTH,
  MAX_NARRATIVE_NODES,
  measureNarrative,
  narrativeText,
} from "@/lib/domain/worksheet/narrative-text";

const narrative: Narrative = {
  type: "doc",
  content: [
    {
      type: "paragraph",
      content: [
        { type: "text", text: "Keys in " },
        { type: "text", text: "Łódź", marks: [{ type: "bold" }] },
        { type: "hardBreak" },
        { type: "text", text: "→ KMS" },
      ],
    },
    { type: "paragraph" },
    {
      type: "bulletList",
      content: [
        { type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "one" }] }] },
        { type: "listItem", content: [{ type: "codeBlock", content: [{ type: "text", text: "kms:Decrypt" }] }] },
      ],
    },
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [
            { type: "tableHeader", content: [{ type: "paragraph", content: [{ type: "text", text: "a" }] }] },
            { type: "tableCell", content: [{ type: "paragraph", content: [{ type: "text", text: "b" }] }] },
          ],
        },
      ],
    },
  ],
};

/** Lists within lists. */
function nested(levels: number): Narrative {
  let item: ListItemNode = { type: "listItem", content: [{ type: "paragraph" }] };
  for (let level = 1; level < levels; level += 1) {
    item = { type: "listItem", content: [{ type: "bulletList", content: [item] }] };
  }
  return { type: "doc", content: [{ type: "bulletList", content: [item] }] };
}

describe("the text of a narrative", () => {
  test("keeps every word, a line for each block and a tab between cells", () => {
    expect(narrativeText(narrative)).toBe("Keys in Łódź\n→ KMS\n\none\nkms:Decrypt\na\tb");
    expect(countWords(narrative)).toBe(9);
  });

  test("knows when there is none", () => {
    const blank: Narrative = {
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text: " \u00a0" }] }],
    };
    for (const empty of [EMPTY_NARRATIVE, blank, nested(3)]) {
      expect(isNarrativeEmpty(empty)).toBe(true);
      expect(countWords(empty)).toBe(0);
    }
    expect(isNarrativeEmpty(narrative)).toBe(false);
  });
});

describe("the size of a narrative", () => {
  test("counts nodes and depth", () => {
    expect(measureNarrative(EMPTY_NARRATIVE)).toEqual({ nodes: 0, depth: 0 });
    expect(measureNarrative(narrative)).toEqual({ nodes: 21, depth: 5 });
  });

  test("is limited in both ways, and measuring a very deep one does not fail", () => {
    expect(isWithinNarrativeLimits(nested(Math.floor((MAX_NARRATIVE_DEPTH - 1) / 2)))).toBe(true);
    expect(isWithinNarrativeLimits(nested(MAX_NARRATIVE_DEPTH))).toBe(false);
    expect(measureNarrative(nested(50_000)).depth).toBe(100_001);
    const many = Array.from({ length: MAX_NARRATIVE_NODES + 1 }, () => ({ type: "paragraph" as const }));
    expect(isWithinNarrativeLimits({ type: "doc", content: many })).toBe(false);
  });
});
