import { describe, expect, it } from "vitest";
import { dayOf, daysUntil, fullDate, relativeDate, shortDate } from "@/components/kit/dates";

const now = new Date("2026-11-24T10:00:00Z");

describe("dates", () => {
  it("writes days without any zone slipping in", () => {
    expect(fullDate("2026-12-12", "America/Los_Angeles")).toBe("12 December 2026");
    expect(shortDate("2026-12-12", now, "Pacific/Auckland")).toBe("12 Dec");
    expect(shortDate("2027-01-02", now, "UTC")).toBe("2 Jan 2027");
  });
  it("writes instants in the person's zone", () => {
    expect(fullDate("2026-11-24T23:30:00Z", "Europe/Berlin")).toContain("25 November 2026");
    expect(dayOf(new Date("2026-11-24T23:30:00Z"), "Europe/Berlin")).toBe("2026-11-25");
  });
  it("counts calendar days over a change of the clocks", () => {
    expect(daysUntil("2026-03-30", "2026-03-28")).toBe(2);
    expect(daysUntil("2026-11-23", "2026-11-24")).toBe(-1);
  });
  it.each([
    ["2026-11-24", "today"],
    ["2026-11-25", "tomorrow"],
    ["2026-11-27", "in 3 days"],
    ["2026-11-14", "10 days ago"],
    ["2026-11-24T09:55:00Z", "5 minutes ago"],
    ["2026-11-24T07:00:00Z", "3 hours ago"],
    ["2026-11-24T09:59:50Z", "just now"],
    ["2027-03-31", "31 Mar 2027"],
  ])("says %s as %s", (value, words) => {
    expect(relativeDate(value, now, "UTC")).toBe(words);
  });
});
