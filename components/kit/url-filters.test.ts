import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countActive, formatSort, parseSort, readFilters, writeFilters } from "@/components/kit/url-filters";

const defaults = { q: "", state: "", sort: "requirement" };

describe("filters in the address", () => {
  it("reads what was written, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (q, state) => {
        const params = new URLSearchParams(writeFilters(new URLSearchParams(), { q, state }, defaults).toString());
        expect(readFilters(params, defaults)).toEqual({ ...defaults, q, state });
      }),
    );
  });
  it("leaves defaults out and foreign parameters alone", () => {
    const params = writeFilters(new URLSearchParams("tab=2&q=old"), { q: "", sort: "requirement" }, defaults);
    expect(params.toString()).toBe("tab=2");
  });
  it("counts what is filtered", () => {
    expect(countActive({ q: "a", state: "", sort: "-due" }, defaults)).toBe(1);
  });
  it("keeps a sort order", () => {
    expect(formatSort(parseSort("-due"))).toBe("-due");
    expect(parseSort("due")).toEqual({ id: "due", desc: false });
    expect(parseSort("")).toBeNull();
    expect(formatSort(null)).toBe("");
  });
});
