import { describe, expect, test } from "vitest";
import { relabelNewItems } from "@/components/worksheet/merge/relabel";
import { emptySection } from "@/lib/domain/worksheet/empty";
import type { SectionContent } from "@/lib/domain/worksheet/model";

const control = (id: string, label: string) => ({
  id,
  label,
  title: id,
  description: "",
  origin: "new" as const,
  nature: "preventive" as const,
  requirementRef: "",
  aboveAndBeyond: "",
  owner: "",
});
const definition = (...controls: ReturnType<typeof control>[]): SectionContent<"definition"> => ({
  ...emptySection("definition"),
  items: { controls },
});
const labels = (content: SectionContent) =>
  (content as SectionContent<"definition">).items.controls.map(({ id, label }) => `${id} ${label}`);

describe("labels after a merge", () => {
  test("an item that was added here gives way to one that is saved", () => {
    const saved = definition(control("a", "C1"), control("theirs", "C2"));
    const merged = definition(
      control("a", "C1"),
      control("mine", "C2"),
      control("mine2", "C3"),
      control("theirs", "C2"),
    );
    expect(labels(relabelNewItems("definition", saved, merged))).toEqual(["a C1", "mine C4", "mine2 C3", "theirs C2"]);
  });

  test("nothing changes when every label is one item's", () => {
    const merged = definition(control("a", "C1"), control("b", "C2"));
    expect(relabelNewItems("definition", definition(control("a", "C1")), merged)).toBe(merged);
  });

  test("labels that somebody wrote otherwise are left alone", () => {
    const saved = definition(control("a", "Gate"));
    const merged = definition(control("a", "Gate"), control("b", "Gate"));
    expect(relabelNewItems("definition", saved, merged)).toBe(merged);
  });
});
