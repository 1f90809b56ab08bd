import { describe, expect, it } from "vitest";
import { FIELD_GUIDANCE } from "@/lib/domain/worksheet/fields/field-guidance";
import { FIELD_SOURCES, type FieldGuidance } from "@/lib/domain/worksheet/fields/names";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { SAMPLES } from "@/lib/samples/library";

/** How the fields of each list's items are named. */
const KINDS: Readonly<Record<string, string>> = {
  scope: "scope",
  controls: "control",
  risks: "risk",
  tests: "test",
  tasks: "task",
};

/** Every field that a worksheet of the library has, beside what is made with an item. */
function fieldsInUse(): ReadonlySet<string> {
  const parts = SAMPLES.flatMap(({ sections }) =>
    SECTION_KEYS.flatMap((key) => Object.entries(sections[key].items).map(([name, value]) => ({ key, name, value }))),
  );
  const found = parts.flatMap(({ key, name, value }) =>
    Array.isArray(value)
      ? value.flatMap((item: object) => Object.keys(item).map((field) => `${KINDS[name]}.${field}`))
      : [`${key}.${name}`],
  );
  return new Set(found.filter((name) => !/\.(id|label|recordId)$/.test(name)));
}

const entries = Object.entries(FIELD_GUIDANCE) as [string, FieldGuidance][];

describe("guidance of fields", () => {
  it("has an entry for each field that a worksheet has, and for no other", () => {
    expect(entries.map(([name]) => name).sort()).toEqual([...fieldsInUse()].sort());
  });

  it.each(entries)("%s says what is asked and criticised, and shows both ways, in words of its own", (_name, field) => {
    const { asks, criticised, good, poor, sources } = field;
    expect(asks.length).toBeGreaterThan(30);
    expect(criticised.length).toBeGreaterThan(15);
    expect(good).not.toBe(poor);
    for (const source of sources) expect(FIELD_SOURCES[source]).toMatch(/\S/);
    expect(sources.length).toBeGreaterThan(0);
  });

  it("says nothing twice", () => {
    const texts = entries.flatMap(([, { asks, criticised, good, poor }]) => [asks, criticised, good, poor]);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
