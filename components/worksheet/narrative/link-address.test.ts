import { describe, expect, test } from "vitest";
import { completeAddress, isAllowedAddress } from "@/components/worksheet/narrative/link-address";

describe("addresses of links", () => {
  test.each(["https://a.example/x", "http://a.example", "mailto:a@b.example"])("%s is allowed", (address) => {
    expect(isAllowedAddress(address)).toBe(true);
  });

  test.each([
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "ftp://a.example",
    "/path",
    "a.example",
    `https://a.example/${"x".repeat(2000)}`,
  ])("%s is not", (address) => {
    expect(isAllowedAddress(address)).toBe(false);
  });

  test.each([
    ["a.example/policy", "https://a.example/policy"],
    ["localhost:3000/x", "https://localhost:3000/x"],
    [" https://a.example ", "https://a.example"],
    ["ana@a.example", "mailto:ana@a.example"],
  ])("%s becomes %s", (typed, address) => {
    expect(completeAddress(typed)).toBe(address);
  });

  test.each(["", "two words", "javascript:alert(1)", "ftp://a.example"])("%j is refused", (typed) => {
    expect(completeAddress(typed)).toBeNull();
  });
});
