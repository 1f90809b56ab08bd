import { describe, expect, it } from "vitest";
import { apiPath } from "@/lib/client/api";
import { withQuery } from "@/lib/client/query";

describe("withQuery", () => {
  it("leaves empty values out and keeps zero and false", () => {
    expect(withQuery("/a", { q: "", none: null, gone: undefined, n: 0, no: false })).toBe("/a?n=0&no=false");
    expect(withQuery("/a", {})).toBe("/a");
  });
  it("escapes what needs it", () => {
    expect(withQuery("/a", { q: "a&b=c d" })).toBe("/a?q=a%26b%3Dc+d");
  });
});

describe("apiPath", () => {
  it("escapes each part", () => {
    expect(apiPath("dispositions", "a/../b")).toBe("/api/v1/dispositions/a%2F..%2Fb");
  });
});
