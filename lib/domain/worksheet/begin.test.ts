import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUnwritten, withNewIds } from "@/lib/domain/worksheet/begin";
import { emptySection, emptySections } from "@/lib/domain/worksheet/empty";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { danglingReferences } from "@/lib/domain/worksheet/references";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { SAMPLES } from "@/lib/samples/library";
import { doc, para } from "@/test/fixtures/narrative";
import { sectionsArbitrary } from "@/test/worksheet-arbitrary";

const counted = () => {
  let made = 0;
  return () => {
    made += 1;
    return `new-${made}`;
  };
};

/** The ids of all items, in the order in which they stand. */
function idsIn({ constraints, definition, identifiedRisk, validation, maintenance }: WorksheetSections): string[] {
  const lists = [
    constraints.items.scope,
    definition.items.controls,
    identifiedRisk.items.risks,
    validation.items.tests,
    maintenance.items.tasks,
  ];
  return lists.flatMap((items) => items.map(({ id }) => id));
}

/** The same text with every id cut out, of items as of shared controls, and with references by the place of what they name. */
function wordsOf(sections: WorksheetSections): unknown {
  const place = new Map(sections.definition.items.controls.map(({ id }, at) => [id, at]));
  return JSON.parse(
    JSON.stringify(sections, (key, value: unknown) => {
      if (key === "id" || key === "recordId") return undefined;
      if (key === "controlIds" && Array.isArray(value)) return value.flatMap((id: string) => place.get(id) ?? []);
      return value;
    }),
  );
}

describe("a text with ids of its own", () => {
  it("keeps every word and the order of everything, and every reference", () => {
    fc.assert(
      fc.property(sectionsArbitrary, (sections) => {
        expect(wordsOf(withNewIds(sections, counted()))).toEqual(wordsOf(sections));
      }),
    );
  });

  it("has no id of the text it was taken from, none twice, and refers to nothing outside", () => {
    fc.assert(
      fc.property(sectionsArbitrary, (sections) => {
        const taken = withNewIds(sections, counted());
        const ids = idsIn(taken);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every((id) => id.startsWith("new-"))).toBe(true);
        expect(danglingReferences(taken)).toEqual([]);
      }),
    );
  });

  it("leaves the register of shared controls where it is", () => {
    const [sample] = SAMPLES;
    if (!sample) throw new Error("The library is empty.");
    const { definition } = sample.sections;
    const controls = definition.items.controls.map((one) => ({ ...one, recordId: "shared" }));
    const taken = withNewIds({ ...sample.sections, definition: { ...definition, items: { controls } } }, counted());
    expect(taken.definition.items.controls.some((one) => "recordId" in one)).toBe(false);
    expect(wordsOf(taken)).toEqual(wordsOf(sample.sections));
  });

  it("is taken from each sample with all that refers to its controls", () => {
    for (const { sections } of SAMPLES) {
      const taken = withNewIds(sections, counted());
      expect(wordsOf(taken)).toEqual(wordsOf(sections));
      expect(taken.identifiedRisk.items.risks.flatMap(({ controlIds }) => controlIds).length).toBeGreaterThan(0);
    }
  });
});

describe("a draft in which nothing is written", () => {
  it("is one as it is opened, also with the empty line that an editor leaves behind", () => {
    expect(isUnwritten(emptySections(), emptySection("criteria").items.answers)).toBe(true);
    expect(isUnwritten(emptySections(), [])).toBe(true);
    const touched = { ...emptySections(), objective: { ...emptySection("objective"), narrative: doc(para("")) } };
    expect(isUnwritten(touched, [])).toBe(true);
  });

  it.each(SECTION_KEYS)("is none with the text of “%s” in it", (key) => {
    const written = { ...emptySections(), [key]: { ...emptySection(key), narrative: doc(para("So it is.")) } };
    expect(isUnwritten(written, [])).toBe(false);
  });

  it("is none with an item, a field or an answer", () => {
    const [sample] = SAMPLES;
    if (!sample) throw new Error("The library is empty.");
    for (const key of SECTION_KEYS) {
      const items = { ...emptySection(key), items: sample.sections[key].items };
      expect(isUnwritten({ ...emptySections(), [key]: items } as WorksheetSections, []), key).toBe(false);
    }
    expect(isUnwritten(emptySections(), [{ id: "intent", answer: "It reaches it." }])).toBe(false);
  });
});
