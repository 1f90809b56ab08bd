import { describe, expect, it } from "vitest";
import { clockTime, eventsByDay } from "@/components/trail/by-day";
import { activeFilters, isFiltered, trailFilters } from "@/components/trail/trail-query";
import type { TrailEventDto } from "@/lib/contracts/trail";

const event = (seq: number, at: string): TrailEventDto => ({
  logId: "log",
  seq,
  at,
  action: "a",
  actor: null,
  sentence: "",
  worksheetId: null,
  facts: [],
  detail: null,
  entryHash: "",
});

describe("eventsByDay", () => {
  const events = [event(3, "2026-11-24T23:30:00Z"), event(2, "2026-11-24T10:00:00Z"), event(1, "2026-11-23T10:00:00Z")];
  it("keeps the order and every event", () => {
    expect(eventsByDay(events, "UTC").map(({ day, events: list }) => [day, list.map(({ seq }) => seq)])).toEqual([
      ["2026-11-24", [3, 2]],
      ["2026-11-23", [1]],
    ]);
  });
  it("goes by the reader's zone", () => {
    expect(eventsByDay(events, "Europe/Berlin").map(({ day }) => day)).toEqual([
      "2026-11-25",
      "2026-11-24",
      "2026-11-23",
    ]);
    expect(clockTime("2026-11-24T23:30:00Z", "Europe/Berlin")).toBe("00:30");
  });
});

describe("the filters of the address", () => {
  it("reads what is there and leaves the rest empty", () => {
    const filters = trailFilters({ action: "x", from: ["2026-01-01", "2026-02-01"], other: "y" });
    expect(filters).toEqual({
      action: "x",
      actorId: "",
      worksheetId: "",
      engagementId: "",
      from: "2026-01-01",
      to: "",
    });
    expect(activeFilters(filters)).toEqual({ action: "x", from: "2026-01-01" });
    expect(isFiltered(filters)).toBe(true);
    expect(isFiltered(trailFilters({}))).toBe(false);
  });
});
