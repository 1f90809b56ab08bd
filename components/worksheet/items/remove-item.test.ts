import { describe, expect, test } from "vitest";
import { movedItem } from "@/components/worksheet/items/list-edits";
import { removeItem } from "@/components/worksheet/items/remove-item";
import { startSaver } from "@/components/worksheet/saving/worksheet-saver";
import { emptySection, emptySections } from "@/lib/domain/worksheet/empty";
import type { Control, ControlTest, Risk, SectionContent } from "@/lib/domain/worksheet/model";
import { CCW_PARTS } from "@/lib/domain/worksheet/sections";

const control = (id: string): Control => ({
  id,
  label: id,
  title: id,
  description: "",
  origin: "new",
  nature: "preventive",
  requirementRef: "",
  aboveAndBeyond: "",
  owner: "",
});
const risk = (id: string, controlIds: readonly string[]): Risk => ({
  id,
  label: id,
  threat: "",
  asset: "",
  likelihood: "",
  impact: "",
  residual: "",
  controlIds,
});
const test1: ControlTest = {
  id: "t1",
  label: "T1",
  tester: "",
  testedOn: "",
  method: "",
  sample: "",
  outcome: "not_run",
  result: "",
  controlIds: ["a", "b"],
};
const kind = {
  section: "definition" as const,
  list: ({ items }: SectionContent<"definition">) => items.controls,
  withList: (content: SectionContent<"definition">, controls: readonly Control[]) => ({
    ...content,
    items: { controls },
  }),
};

/** A saver that never gets to the server: only what the page shows matters here. */
function page() {
  const sections = {
    ...emptySections(),
    definition: { ...emptySections().definition, items: { controls: [control("a"), control("b"), control("c")] } },
    identifiedRisk: { ...emptySections().identifiedRisk, items: { risks: [risk("r1", ["b"]), risk("r2", ["a"])] } },
    validation: { ...emptySections().validation, items: { tests: [test1] } },
    criteria: emptySection("criteria"),
  };
  const loaded = Object.fromEntries(
    CCW_PARTS.map((key) => [key, { version: 1, content: sections[key], savedAt: "", savedBy: null }]),
  );
  return startSaver(loaded as unknown as Parameters<typeof startSaver>[0], {
    send: () => new Promise(() => {}),
    keep: () => {},
    forget: () => {},
    onMerged: () => {},
    newKey: () => "key",
    after: () => () => {},
    now: () => 0,
  });
}
const shown = (saver: ReturnType<typeof page>) => ({
  controls: saver.content("definition").items.controls.map(({ id }) => id),
  risks: saver.content("identifiedRisk").items.risks.map(({ controlIds }) => controlIds),
  tests: saver.content("validation").items.tests.map(({ controlIds }) => controlIds),
});

describe("removing a control", () => {
  test("takes it off the risks and tests that name it", () => {
    const saver = page();
    removeItem(saver, kind, "b");
    expect(shown(saver)).toEqual({ controls: ["a", "c"], risks: [[], ["a"]], tests: [["a"]] });
  });

  test("can be undone on top of what was edited since", () => {
    const saver = page();
    const undo = removeItem(saver, kind, "b");
    saver.edit("definition", (content) => kind.withList(content, [...content.items.controls, control("d")]));
    undo();
    expect(shown(saver)).toEqual({ controls: ["a", "b", "c", "d"], risks: [["b"], ["a"]], tests: [["a", "b"]] });
  });

  test("leaves sections alone that do not name it", () => {
    const saver = page();
    removeItem(saver, kind, "c");
    expect(saver.unsaved()).toEqual(["definition"]);
  });
});

test("moving an item stops at both ends", () => {
  const list = [control("a"), control("b")];
  expect(movedItem(list, "a", 1).map(({ id }) => id)).toEqual(["b", "a"]);
  expect(movedItem(list, "a", -1)).toBe(list);
  expect(movedItem(list, "b", 1)).toBe(list);
});
