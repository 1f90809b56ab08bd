import { beforeAll, describe, expect, test } from "vitest";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { carryBack, carryOver } from "@/lib/domain/worksheet/carry-over";
import { readAsLegacy } from "@/lib/domain/worksheet/legacy-reading";
import type { Control } from "@/lib/domain/worksheet/model";
import type { VersionedWorksheet } from "@/lib/domain/worksheet/versioned-worksheet";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await readCatalogueFiles();
});

const target = {
  standardVersion: "4.0.1",
  requirementNumber: "8.3.4",
  changed: "Ten attempts instead of six.",
} as const;
const [model] = SAMPLE_SECTIONS.definition.items.controls;

/** A worksheet of 3.2.1 with a control for each reference. */
function withReferences(...references: readonly string[]): VersionedWorksheet {
  const controls = references.map((requirementRef, at): Control => {
    if (!model) throw new Error("The sample has no control.");
    return { ...model, id: `c${at}`, label: `C${at + 1}`, origin: "required_elsewhere", requirementRef };
  });
  return {
    standardVersion: "3.2.1",
    requirementNumber: "8.1.6",
    sections: { ...SAMPLE_SECTIONS, definition: { ...SAMPLE_SECTIONS.definition, items: { controls } } },
    answers: [{ id: "added_risk", answer: "C1 answers R1." }],
  };
}
const carried = (...references: readonly string[]) => carryOver(withReferences(...references), target, catalogue);
const referencesOf = ({ sections }: VersionedWorksheet) =>
  sections.definition.items.controls.map(({ requirementRef }) => requirementRef);

describe("carrying a worksheet over", () => {
  test("takes a reference along where it has one sure place, and leaves the words around it", () => {
    const there = carried("10.5.2", "8.2.3 and 8.2.4 (domain accounts)", "none", "");
    expect(referencesOf(there.worksheet)).toEqual(["10.3.2", "8.3.6 and 8.3.9 (domain accounts)", "none", ""]);
    expect(there.references.map(({ label, before, after }) => [label, before, after])).toEqual([
      ["C1", "10.5.2", "10.3.2"],
      ["C2", "8.2.3 and 8.2.4 (domain accounts)", "8.3.6 and 8.3.9 (domain accounts)"],
    ]);
    expect(there.added.some(({ kind }) => kind === "choice")).toBe(false);
  });

  test.each([
    ["1.1.6", "1.1.6 may be 1.2.5, 1.2.6"],
    ["10.5", "10.5 may be 10.3.4, 10.3.1, 10.3.2, 10.3.3"],
    ["8.1", "8.1 may be 8.1.1"],
    ["8.2.3 and 1.1.6", "8.2.3 may be 8.3.6; 1.1.6 may be 1.2.5, 1.2.6"],
    ["PCI DSS v3.2.1, 8.2.3", "may be 8.3.6"],
    ["99.9", "99.9 has no sure place"],
  ])("leaves %s as it is and asks which is meant", (reference, words) => {
    const there = carried(reference);
    expect(referencesOf(there.worksheet)).toEqual([reference]);
    const choice = there.added.find(({ kind }) => kind === "choice");
    expect(choice).toMatchObject({ part: "definition", itemId: "c0", title: `C1 names “${reference}”` });
    expect(choice?.text).toContain(words);
  });

  test("never makes a reference longer than its field takes", () => {
    const long = "8.2 ".repeat(48).trim();
    expect(referencesOf(carried(long).worksheet)).toEqual([long]);
  });

  test("says which rows moved, and what 4.0.1 asks for that 3.2.1 did not", () => {
    const { added, moved } = carried();
    expect(moved).toEqual([
      { section: "definition", from: 4, to: 2 },
      { section: "objective", from: 2, to: 3 },
      { section: "identifiedRisk", from: 3, to: 4 },
    ]);
    expect(added.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      "prompt constraints.documented",
      "prompt definition.requirement",
      "heading objective.aim",
      "heading objective.reached",
      "criterion criterion.beyond",
      "remark criterion.added_risk",
      "criterion criterion.now_and_future",
    ]);
    expect(added.find(({ id }) => id === "definition.requirement")?.reason).toBe(target.changed);
    for (const { reason, source, text } of added) expect([reason, source, text].every((one) => one !== "")).toBe(true);
  });

  test("going back keeps what was written since, and undoes only what was not written anew", () => {
    const there = carried("10.5.2", "8.2.3", "1.1.6");
    const controls = there.worksheet.sections.definition.items.controls.map((control) =>
      control.label === "C2" ? { ...control, requirementRef: "8.3.9", title: "Written since" } : control,
    );
    const { definition } = there.worksheet.sections;
    const sections = { ...there.worksheet.sections, definition: { ...definition, items: { controls } } };
    const back = carryBack({ ...there, worksheet: { ...there.worksheet, sections } }, catalogue);
    expect(referencesOf(back.worksheet)).toEqual(["10.5.2", "8.2.4", "1.1.6"]);
    expect(back.worksheet.sections.definition.items.controls[1]?.title).toBe("Written since");
    expect(back.worksheet).toMatchObject({ standardVersion: "3.2.1", requirementNumber: "8.1.6" });
  });
});

describe("reading a worksheet of 4.0.1 as one of 3.2.1", () => {
  const written: VersionedWorksheet = {
    ...withReferences("10.3.2", "8.3.4"),
    standardVersion: "4.0.1",
    requirementNumber: "8.3.4",
    answers: [
      { id: "now_and_future", answer: "Since 3 March." },
      { id: "added_risk", answer: "C1 answers R1." },
    ],
  };

  test("that was never one names every number whose place it took, and asks where a reference has several", () => {
    const { numbers, carried: reading, notAsked } = readAsLegacy(written, catalogue, null);
    expect(numbers).toEqual(["8.1.6", "8.1.7"]);
    expect(referencesOf(reading.worksheet)).toEqual(["10.5.2", "8.3.4"]);
    expect(reading.references.map(({ choose }) => choose)).toEqual([false, true]);
    expect(notAsked).toEqual([{ id: "now_and_future", number: "6", answer: "Since 3 March." }]);
    expect(reading.added.map(({ title }) => title)).toContain("Criterion 4 is criterion 5 of 4.0.1");
  });

  test("for a requirement that 3.2.1 did not have names none", () => {
    expect(readAsLegacy({ ...written, requirementNumber: "12.10.7" }, catalogue, null).numbers).toEqual([]);
  });
});
