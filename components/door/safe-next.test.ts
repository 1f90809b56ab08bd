import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeNext } from "@/components/door/safe-next";

describe("safeNext", () => {
  it.each(["/engagements/1", "/catalogue?q=8.3", "/worksheets/a/review#s"])("keeps %s", (path) => {
    expect(safeNext(path)).toBe(path);
  });
  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/a\\b",
    "/\tx",
    "",
    undefined,
    ["/a"],
    "/api/v1/me",
    "/sign-in",
  ])("refuses %j", (path) => {
    expect(safeNext(path)).toBe("/engagements");
  });
  it("never leaves the site", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `/${text}`),
        ),
        (text) => {
          expect(new URL(safeNext(text), "https://here.example").origin).toBe("https://here.example");
        },
      ),
    );
  });
});
