import { describe, expect, test } from "vitest";
import { tooLong } from "@/components/kit/too-long";

describe("a text's length", () => {
  test("is fine up to the limit", () => {
    expect(tooLong("", 3)).toBeUndefined();
    expect(tooLong("abc", 3)).toBeUndefined();
  });

  test("is named once it is over, with the limit", () => {
    expect(tooLong("x".repeat(1001), 1000)).toBe("At most 1,000 characters; these are 1,001.");
  });
});
