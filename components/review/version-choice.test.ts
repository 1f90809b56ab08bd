import { describe, expect, it } from "vitest";
import { lastReviewedBefore, readChoice, writeChoice } from "@/components/review/version-choice";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

const revision = (number: number, reviewed: boolean) => ({
  number,
  digest: "",
  submittedAt: "",
  submittedBy: { id: "", name: "" },
  reviewedAt: reviewed ? "2026-01-01T00:00:00Z" : null,
});
const worksheet = { revisions: [revision(1, true), revision(2, false), revision(3, false)] } as unknown as WorksheetDto;

describe("the text to compare with", () => {
  it("is the revision reviewed last before the shown one", () => {
    expect(lastReviewedBefore(worksheet, 3)).toBe(1);
    expect(lastReviewedBefore(worksheet, "draft")).toBe(1);
    expect(lastReviewedBefore(worksheet, 1)).toBeNull();
  });
});

describe("the choice in the address", () => {
  const read = (search: string) => readChoice(worksheet, new URLSearchParams(search));
  it("names the text and what it is compared with", () => {
    expect(read("show=3&since=2")).toEqual({ shown: 3, comparedWith: 2 });
    expect(read("show=3&since=off")).toEqual({ shown: 3, comparedWith: null });
    expect(read("show=draft")).toEqual({ shown: "draft", comparedWith: 1 });
  });
  it("falls back to sense where the address has none", () => {
    expect(read("")).toBeNull();
    expect(read("show=9")).toBeNull();
    expect(read("show=2&since=3")).toEqual({ shown: 2, comparedWith: 1 });
  });
  it("is written as it is read", () => {
    for (const choice of [
      { shown: 3, comparedWith: 2 },
      { shown: "draft", comparedWith: null },
    ] as const) {
      expect(read(writeChoice(choice))).toEqual(choice);
    }
  });
});
