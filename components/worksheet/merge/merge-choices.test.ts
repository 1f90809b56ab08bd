import { describe, expect, test } from "vitest";
import { bothOf, type Choices, canTakeBoth, mergeByChoices } from "@/components/worksheet/merge/merge-choices";
import { emptySection } from "@/lib/domain/worksheet/empty";
import { mergeParts } from "@/lib/domain/worksheet/merge";
import type { Control, SectionContent } from "@/lib/domain/worksheet/model";
import type { Narrative } from "@/lib/domain/worksheet/narrative";

const text = (...lines: readonly string[]): Narrative => ({
  type: "doc",
  content: lines.map((line) => ({ type: "paragraph", content: [{ type: "text", text: line }] })),
});
const control: Control = {
  id: "c1",
  label: "C1",
  title: "Gate",
  description: "old",
  origin: "new",
  nature: "preventive",
  requirementRef: "",
  aboveAndBeyond: "",
  owner: "",
};
const section = (narrative: Narrative, ...controls: readonly Control[]): SectionContent<"definition"> => ({
  narrative,
  items: { controls },
});
const base = section(text("same", "old"), control);
const mine = section(text("same", "mine"), { ...control, description: "my words", owner: "Ana" });
const theirs = section(text("same", "theirs"), { ...control, description: "their words", nature: "detective" });
const parts = mergeParts("definition", base, mine, theirs);
const merge = (choices: Choices) =>
  mergeByChoices("definition", base, mine, theirs, parts, choices) as SectionContent<"definition">;
const DESCRIPTION = "item:c1:description";

describe("a merge by choices", () => {
  test("asks for the parts that both changed, and no others", () => {
    expect(parts.filter(({ changedBy }) => changedBy === "conflict").map(({ id }) => id)).toEqual([
      "narrative",
      DESCRIPTION,
    ]);
  });

  test("takes what was chosen, and what only one side changed from that side", () => {
    const merged = merge({ narrative: { take: "mine" }, [DESCRIPTION]: { take: "theirs" } });
    expect(merged.narrative).toEqual(mine.narrative);
    expect(merged.items.controls[0]).toMatchObject({ description: "their words", nature: "detective", owner: "Ana" });
  });

  test("keeps both: theirs first, then what is only mine", () => {
    const merged = merge({ narrative: { take: "both" }, [DESCRIPTION]: { take: "both" } });
    expect(merged.narrative).toEqual(text("same", "theirs", "mine"));
    expect(merged.items.controls[0]?.description).toBe("their words\n\nmy words");
  });

  test("takes a text of one's own, also one that is the old text again", () => {
    const merged = merge({
      narrative: { take: "edited", value: base.narrative },
      [DESCRIPTION]: { take: "edited", value: "new" },
    });
    expect(merged.narrative).toEqual(base.narrative);
    expect(merged.items.controls[0]?.description).toBe("new");
  });

  test("a choice of one word cannot be both", () => {
    const other = section(base.narrative, { ...control, nature: "corrective" });
    const [part] = mergeParts("definition", base, other, section(base.narrative, { ...control, nature: "detective" }));
    expect(part && canTakeBoth(part)).toBe(false);
  });

  test("an item that one side removed and the other changed is kept or removed whole", () => {
    const gone = section(base.narrative);
    const changed = section(base.narrative, { ...control, title: "Better gate" });
    const removed = mergeParts("definition", base, gone, changed);
    const choose = (take: "mine" | "theirs") =>
      (
        mergeByChoices("definition", base, gone, changed, removed, {
          "item:c1": { take },
        }) as SectionContent<"definition">
      ).items.controls;
    expect(choose("mine")).toEqual([]);
    expect(choose("theirs").map(({ title }) => title)).toEqual(["Better gate"]);
  });

  test("lists of controls are joined without doubles", () => {
    const risk = { id: "r", label: "R1", threat: "", asset: "", likelihood: "", impact: "", residual: "" } as const;
    const risks = (controlIds: readonly string[]): SectionContent<"identifiedRisk"> => ({
      ...emptySection("identifiedRisk"),
      items: { risks: [{ ...risk, controlIds }] },
    });
    const [part] = mergeParts("identifiedRisk", risks(["a"]), risks(["a", "b"]), risks(["a", "c"]));
    expect(part && bothOf(part)).toEqual(["a", "c", "b"]);
  });
});
