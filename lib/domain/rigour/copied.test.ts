import { describe, expect, it } from "vitest";
import { copyStanding, sharedPlace } from "@/lib/domain/rigour/copied";
import { DEFAULT_RIGOUR_SETTINGS } from "@/lib/domain/rigour/settings";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { SAMPLES } from "@/lib/samples/library";
import { sampleOn } from "@/lib/samples/sample-on";
import { doc, para } from "@/test/fixtures/narrative";

const [first] = SAMPLES;
if (!first) throw new Error("The library is empty.");
const { sections: source } = sampleOn(first, "2026-11-26");
const standing = (sections: WorksheetSections, section: (typeof SECTION_KEYS)[number]) =>
  copyStanding(sections, source, section, DEFAULT_RIGOUR_SETTINGS.likeness);
const OTHER = doc(
  para("Seventeen gateways speak with the bank over leased lines, whose routers keep neither users nor passwords."),
);

describe("a section and the one it was taken from", () => {
  it("is the same as it came, and on another day of use", () => {
    const later = sampleOn(first, "2027-08-03").sections;
    for (const key of SECTION_KEYS) {
      expect(standing(source, key)).toBe("same");
      if (key !== "constraints") expect(["same", "alike"]).toContain(standing(later, key));
    }
  });

  it("is alike after a word, and one's own after all of it", () => {
    const text = narrativeText(source.objective.narrative);
    const word = { ...source, objective: { ...source.objective, narrative: doc(para(`Indeed. ${text}`)) } };
    expect(standing(word, "objective")).toBe("alike");
    expect(standing({ ...source, objective: { ...source.objective, narrative: OTHER } }, "objective")).toBe("own");
  });

  it("is one's own where nothing was taken, or nothing is left", () => {
    const empty = emptySections();
    for (const key of SECTION_KEYS) {
      expect(standing(empty, key)).toBe("own");
      expect(copyStanding(source, empty, key, 0)).toBe("own");
    }
  });
});

describe("the passage that is shared", () => {
  it("is found in the text", () => {
    const text = narrativeText(source.objective.narrative);
    const mine = { ...source, objective: { ...source.objective, narrative: doc(para(`Our own words. ${text}`)) } };
    const place = sharedPlace(mine, source, "objective");
    expect(place?.itemId).toBeUndefined();
    expect(place?.range.from).toBe("Our own words. ".length);
  });

  it("is found in an item where the text itself was written anew", () => {
    const mine = { ...source, definition: { ...source.definition, narrative: OTHER } };
    const place = sharedPlace(mine, source, "definition");
    const item = source.definition.items.controls.find(({ id }) => id === place?.itemId);
    const text = String(item?.[place?.field as "description"]);
    expect(text.slice(place?.range.from, place?.range.to).length).toBeGreaterThan(text.length / 2);
  });

  it("is none where nothing is shared", () => {
    const mine = { ...source, objective: { ...source.objective, narrative: OTHER } };
    expect(sharedPlace(mine, source, "objective")).toBeNull();
  });
});
