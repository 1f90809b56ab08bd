import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyNarrative } from "@/components/worksheet/narrative/narrative-arbitrary";
import { contractNarrative } from "@/lib/cli/markdown/contract-arbitrary";
import { MARK_LINE } from "@/lib/cli/markdown/mdast";
import { narrativeFromMarkdown, narrativeToMarkdown } from "@/lib/cli/markdown/narrative";
import { narrativeSchema } from "@/lib/contracts/narrative";

describe("the law", () => {
  test.each([
    ["as the editor writes them", anyNarrative.filter((one) => narrativeSchema.safeParse(one).success)],
    ["as the contract allows them", contractNarrative],
  ])("narratives %s come back the same, and are written the same again", (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (narrative) => {
        const text = narrativeToMarkdown(narrative);
        const back = narrativeFromMarkdown(text);
        expect(back).toEqual({ narrative, troubles: [] });
        expect(narrativeToMarkdown(back.narrative)).toBe(text);
        expect(text).not.toMatch(MARK_LINE);
      }),
      { numRuns: 60 },
    );
  });

  test.each(["\r\n", "a\rb", "a\r\nb\n"])(
    "code keeps its line ends though files are read with line feeds alone",
    (code) => {
      const narrative = {
        type: "doc" as const,
        content: [{ type: "codeBlock" as const, content: [{ type: "text" as const, text: code }] }],
      };
      const text = narrativeToMarkdown(narrative);
      expect(text).not.toContain("\r");
      expect(narrativeFromMarkdown(text)).toEqual({ narrative, troubles: [] });
    },
  );
});
