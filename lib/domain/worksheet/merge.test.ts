import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSame } from "@/lib/domain/same";
import { type MergePart, mergeParts, mergeSection, mergeWithChoices, type Side } from "@/lib/domain/worksheet/merge";
import { mergeOrder } from "@/lib/domain/worksheet/merge-order";
import type { Control, SectionContent } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE, type Narrative } from "@/lib/domain/worksheet/narrative";
import { putTogether, type SectionShape, takeApart } from "@/lib/domain/worksheet/section-shape";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { sectionsArbitrary } from "@/test/worksheet-arbitrary";

const text = (value: string): Narrative => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text: value }] }],
});
const control = (id: string, title: string, owner = ""): Control => ({
  id,
  label: id,
  title,
  description: "",
  origin: "new",
  nature: "preventive",
  requirementRef: "",
  aboveAndBeyond: "",
  owner,
});
const definition = (controls: readonly Control[], narrative = EMPTY_NARRATIVE): SectionContent<"definition"> => ({
  narrative,
  items: { controls },
});
const titles = (content: SectionContent<"definition"> | null) => content?.items.controls.map((item) => item.title);

describe("merging two edits of a section", () => {
  const base = definition([control("a", "A"), control("b", "B")], text("before"));

  test("takes the text of one and the item of the other", () => {
    const mine = { ...base, narrative: text("after") };
    const theirs = definition([control("a", "A2"), control("b", "B")], text("before"));
    const merged = mergeSection("definition", base, mine, theirs);
    expect(merged).toEqual(definition([control("a", "A2"), control("b", "B")], text("after")));
  });

  test("takes two fields of the same item from two people", () => {
    const mine = definition([control("a", "A2"), control("b", "B")], text("before"));
    const theirs = definition([control("a", "A", "Kim"), control("b", "B")], text("before"));
    expect(mergeSection("definition", base, mine, theirs)?.items.controls[0]).toEqual(control("a", "A2", "Kim"));
  });

  test("takes a field that is left out while empty from whoever filled it, and leaves it out again", () => {
    const changed = { ...control("a", "A"), changedOn: "2026-09-01" };
    const mine = definition([changed, control("b", "B")], text("before"));
    const theirs = definition([control("a", "A", "Kim"), control("b", "B")], text("before"));
    const merged = mergeSection("definition", base, mine, theirs);
    expect(merged?.items.controls[0]).toEqual({ ...changed, owner: "Kim" });
    const back = merged && mergeSection("definition", merged, base, merged);
    expect(back?.items.controls[0]).toStrictEqual(control("a", "A"));
  });

  test("the same field changed in two ways is a conflict that a person decides", () => {
    const mine = definition([control("a", "mine"), control("b", "B")], text("before"));
    const theirs = definition([control("a", "theirs"), control("b", "B")], text("before"));
    expect(mergeSection("definition", base, mine, theirs)).toBeNull();
    const [part, ...rest] = mergeParts("definition", base, mine, theirs);
    expect(rest).toEqual([]);
    expect(part).toMatchObject({
      id: "item:a:title",
      base: "A",
      mine: "mine",
      theirs: "theirs",
      changedBy: "conflict",
    });
    for (const side of ["mine", "theirs"] as const) {
      const merged = mergeWithChoices("definition", base, mine, theirs, { "item:a:title": side });
      expect(titles(merged)).toEqual([side, "B"]);
    }
  });

  test("an item removed by one and changed by the other is a conflict of the whole item", () => {
    const mine = definition([control("b", "B")], text("before"));
    const theirs = definition([control("a", "A2"), control("b", "B")], text("before"));
    expect(mergeParts("definition", base, mine, theirs)).toMatchObject([
      { id: "item:a", kind: "item", mine: null, changedBy: "conflict" },
    ]);
    expect(titles(mergeWithChoices("definition", base, mine, theirs, { "item:a": "mine" }))).toEqual(["B"]);
    expect(titles(mergeWithChoices("definition", base, mine, theirs, { "item:a": "theirs" }))).toEqual(["A2", "B"]);
  });

  test("an item removed by one and left alone by the other goes", () => {
    const mine = definition([control("b", "B")], text("before"));
    expect(titles(mergeSection("definition", base, mine, base))).toEqual(["B"]);
  });

  test("items added by both are all kept, each behind the one that it followed", () => {
    const mine = definition([control("a", "A"), control("m", "M"), control("b", "B")], text("before"));
    const theirs = definition([control("a", "A"), control("b", "B"), control("t", "T")], text("before"));
    expect(titles(mergeSection("definition", base, mine, theirs))).toEqual(["A", "M", "B", "T"]);
  });

  test("whoever changed the order wins", () => {
    expect(mergeOrder(["a", "b", "c"], ["c", "a", "b"], ["a", "b", "c", "d"])).toEqual(["c", "d", "a", "b"]);
    expect(mergeOrder(["a", "b", "c"], ["a", "b", "c"], ["b", "a", "c"])).toEqual(["b", "a", "c"]);
  });
});

/** What a part of a merge is in a section. */
function readPart(shape: SectionShape, part: MergePart): unknown {
  if (part.kind === "narrative") return shape.narrative;
  if (part.kind === "field") return shape.fields[part.field ?? ""];
  const item = shape.items.find((one) => one.id === part.item?.id) ?? null;
  return part.kind === "item" ? item : item?.[part.field as keyof typeof item];
}

describe("laws of merging", () => {
  const three = fc.tuple(sectionsArbitrary, sectionsArbitrary, sectionsArbitrary);
  const law = (check: (...of: Parameters<typeof mergeParts<"definition">>) => void) =>
    fc.assert(
      fc.property(three, fc.constantFrom(...SECTION_KEYS), ([base, mine, theirs], key) => {
        check(key as "definition", base[key as "definition"], mine[key as "definition"], theirs[key as "definition"]);
      }),
      { numRuns: 300, seed: 4 },
    );

  test("a section taken apart and put together is itself", () => {
    law((key, base) => expect(putTogether(key, takeApart(key, base))).toEqual(base));
  });

  test("an edit by one side alone is taken as it is", () => {
    law((key, base, mine) => {
      expect(mergeSection(key, base, mine, base)).toEqual(mine);
      expect(mergeSection(key, base, base, mine)).toEqual(mine);
      expect(mergeSection(key, base, mine, mine)).toEqual(mine);
    });
  });

  test.each(["mine", "theirs"] as const)(
    "every conflict goes to %s when that is chosen, and nothing else does",
    (side) => {
      law((key, base, mine, theirs) => {
        const parts = mergeParts(key, base, mine, theirs);
        const choices = Object.fromEntries(parts.map((part) => [part.id, side]));
        const merged = takeApart(key, mergeWithChoices(key, base, mine, theirs, choices));
        for (const part of parts) {
          const taken: Side = part.changedBy === "conflict" ? side : part.changedBy === "mine" ? "mine" : "theirs";
          expect(isSame(readPart(merged, part), part[taken]), part.id).toBe(true);
        }
      });
    },
  );

  test("without a conflict it does not matter who is who", () => {
    law((key, base, mine, theirs) => {
      const one = mergeSection(key, base, mine, theirs);
      const other = mergeSection(key, base, theirs, mine);
      expect(one === null).toBe(other === null);
      if (one && other) {
        const parts = mergeParts(key, one, other, other);
        expect(parts).toEqual([]);
      }
    });
  });
});
