import { describe, expect, it } from "vitest";
import { dayInWords } from "@/lib/domain/format-date";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { SAMPLES } from "@/lib/samples/library";
import type { Sample } from "@/lib/samples/sample";
import { sampleOn } from "@/lib/samples/sample-on";

/** A sample whose objective is one text and whose review falls on one day. */
function sampleWith(text: string, reviewDue = "day:+0"): Sample {
  const [model] = SAMPLES;
  if (!model) throw new Error("The library is empty.");
  const { sections } = model;
  return {
    ...model,
    sections: {
      ...sections,
      objective: {
        narrative: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] },
        items: { objectiveRef: text },
      },
      maintenance: { ...sections.maintenance, items: { ...sections.maintenance.items, reviewDue } },
    },
  };
}

function objectiveOn(text: string, today: string): string {
  return narrativeText(sampleOn(sampleWith(text), today).sections.objective.narrative);
}

describe("a day in a text", () => {
  it.each([
    ["before", "{{day:-42}}", "2026-11-26", "15 October 2026"],
    ["after", "{{day:+180}}", "2026-11-26", "25 May 2027"],
    ["itself", "{{day:0}}", "2026-11-26", "26 November 2026"],
    ["over the end of a year", "{{day:+1}}", "2026-12-31", "1 January 2027"],
    ["from a leap day", "{{day:-366}}", "2028-02-29", "28 February 2027"],
    ["on to a leap day", "{{day:+1}}", "2028-02-28", "29 February 2028"],
    ["over a 28 February without one", "{{day:+1}}", "2027-02-28", "1 March 2027"],
  ])("is written out: %s", (_case, text, today, words) => {
    expect(objectiveOn(text, today)).toBe(words);
  });
});

describe("a month and a year in a text", () => {
  it.each([
    ["{{month:+6}}", "2026-09-30", "March 2027"],
    ["{{month:+1}}", "2027-01-31", "February 2027"],
    ["{{month:0}}", "2028-02-29", "February 2028"],
    ["{{month:+1}}", "2026-12-31", "January 2027"],
    ["{{month:-12}}", "2027-01-01", "January 2026"],
    ["{{month:-1}}", "2027-01-01", "December 2026"],
    ["{{year:0}}", "2026-12-31", "2026"],
    ["{{year:-1}}", "2027-01-01", "2026"],
    ["{{year:+1}}", "2028-02-29", "2029"],
  ])("%s on %s is %s", (text, today, words) => {
    expect(objectiveOn(text, today)).toBe(words);
  });
});

it("writes out each date of a sentence, and leaves what only looks like one", () => {
  expect(objectiveOn("From {{day:-1}} to {{day:+1}}, {{days:1}} {day:1} day:-1", "2026-12-31")).toBe(
    "From 30 December 2026 to 1 January 2027, {{days:1}} {day:1} day:-1",
  );
});

it("gives a field the day in figures, and leaves a real day and an empty one", () => {
  const dueOn = (field: string) => sampleOn(sampleWith("", field), "2028-02-29").sections.maintenance.items.reviewDue;
  expect(dueOn("day:+306")).toBe("2028-12-31");
  expect(dueOn("day:-60")).toBe("2027-12-31");
  expect(dueOn("2026-01-02")).toBe("2026-01-02");
  expect(dueOn("")).toBe("");
});

it("leaves the sample itself as it was, and reaches the texts of its items, evidence and answers", () => {
  const today = "2026-11-26";
  for (const sample of SAMPLES) {
    const before = JSON.stringify(sample);
    const used = JSON.stringify(sampleOn(sample, today));
    expect(JSON.stringify(sample)).toBe(before);
    expect(before).toMatch(/"day:[+-]\d/);
    expect(used).not.toMatch(/\{\{|"day:/);
    for (const [, offset] of before.matchAll(/\{\{day:\+?(-?\d+)\}\}/g)) {
      const day = new Date(Date.parse(today) + Number(offset) * 86_400_000).toISOString().slice(0, 10);
      expect(used).toContain(dayInWords(day));
    }
  }
});

it("comes out the same when its dates are written out already", () => {
  for (const sample of SAMPLES) {
    const used = sampleOn(sample, "2026-11-26");
    expect(sampleOn(used, "2027-03-01")).toEqual(used);
  }
});

it.each(["", "2026-02-30", "26.11.2026", "2026-11-26T00:00:00Z"])("refuses %j as a day", (today) => {
  expect(() => sampleOn(sampleWith(""), today)).toThrow(RangeError);
});
