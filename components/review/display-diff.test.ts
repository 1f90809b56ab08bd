import { diffWordsWithSpace } from "diff";
import { describe, expect, it } from "vitest";
import { plainSection } from "@/components/review/display";
import { countMarks, markedSection } from "@/components/review/display-diff";
import { diffSection } from "@/lib/domain/worksheet/diff";
import type { WordDiffer } from "@/lib/domain/worksheet/diff-narrative";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { Control, WorksheetSections } from "@/lib/domain/worksheet/model";

const words: WordDiffer = (before, after) =>
  diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
const noNames = { before: () => null, after: () => null };

const control = (id: string, change: Partial<Control> = {}): Control => ({
  id,
  label: id.toUpperCase(),
  title: "Lock by event",
  description: "Locks after five failures.",
  origin: "new",
  nature: "preventive",
  requirementRef: "",
  aboveAndBeyond: "Five, not ten.",
  owner: "Platform",
  ...change,
});

function withControls(...controls: readonly Control[]): WorksheetSections {
  const sections = emptySections();
  return { ...sections, definition: { ...sections.definition, items: { controls } } };
}

function marked(before: WorksheetSections, after: WorksheetSections) {
  const diff = diffSection("definition", before.definition, after.definition, noNames, words);
  return markedSection(diff, before, after);
}

describe("a section with its differences", () => {
  it("is the plain section when nothing changed", () => {
    const sections = withControls(control("c1"));
    expect(marked(sections, sections)).toEqual(plainSection(sections, "definition"));
    expect(countMarks(marked(sections, sections))).toBe(0);
  });

  it("marks the words of a changed field where the page shows them", () => {
    const before = withControls(control("c1"));
    const after = withControls(control("c1", { description: "Locks after three failures." }));
    const [item] = marked(before, after).items;
    expect(item?.status).toBe("changed");
    expect(item?.body).toEqual([
      { kind: "same", text: "Locks after " },
      { kind: "removed", text: "five" },
      { kind: "added", text: "three" },
      { kind: "same", text: " failures." },
    ]);
    expect(item?.facts).toEqual(plainSection(after, "definition").items[0]?.facts);
    expect(countMarks(marked(before, after))).toBe(2);
  });

  it("keeps what was removed, and marks items, traits and facts that came or went", () => {
    const before = withControls(control("c1"), control("c2"));
    const after = withControls(control("c2", { nature: "detective", owner: "" }), control("c3"));
    const section = marked(before, after);
    expect(section.items.map(({ label, status }) => [label, status])).toEqual([
      ["C1", "removed"],
      ["C2", "changed"],
      ["C3", "added"],
    ]);
    const changed = section.items[1];
    expect(changed?.traits.map(({ kind }) => kind)).toEqual(["removed", "same", "added"]);
    expect(changed?.facts.find(({ term }) => term === "Owner")?.spans).toEqual([{ kind: "removed", text: "Platform" }]);
    expect(countMarks(section)).toBe(5);
  });
});
