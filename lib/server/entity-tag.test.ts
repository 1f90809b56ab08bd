import { describe, expect, it } from "vitest";
import { z } from "zod";
import { rowVersion } from "@/lib/contracts/text";
import { entityTagOf, isKnown, readIfMatch } from "@/lib/server/entity-tag";
import { addressOver, bodyOver, versionPlaceOf } from "@/lib/server/preconditions";

const tagOf = (value: object) => entityTagOf(value, JSON.stringify(value)) ?? "";

describe("an entity tag", () => {
  it("begins with the version, and differs with everything that is in the reply", () => {
    const tag = tagOf({ version: 7, name: "One" });
    expect(tag).toMatch(/^"7-[\w-]{22}"$/);
    expect(tagOf({ version: 7, name: "One" })).toBe(tag);
    expect(tagOf({ version: 7, name: "Other" })).not.toBe(tag);
  });

  it("is for what has a version of its own: no number of a standard, no list", () => {
    for (const value of [{ version: "4.0.1" }, { items: [{ version: 1 }] }, [], null, undefined]) {
      expect(entityTagOf(value, "x")).toBeNull();
    }
  });

  it("is known among others, also where a proxy made it weak", () => {
    const tag = tagOf({ version: 1 });
    for (const known of [tag, `W/${tag}`, `"0-x", ${tag}`, "*"]) expect(isKnown(known, tag), known).toBe(true);
    for (const other of [null, "", '"1"', tagOf({ version: 2 })])
      expect(isKnown(other, tag), String(other)).toBe(false);
  });
});

describe("If-Match", () => {
  it("asks for the version of a tag, or of the version alone", () => {
    expect(readIfMatch(tagOf({ version: 12 }))).toEqual({ version: 12 });
    expect(readIfMatch('"12"')).toEqual({ version: 12 });
    for (const nothing of [null, "*"]) expect(readIfMatch(nothing)).toBeNull();
  });

  it("matches nothing by a weak tag or one that is not ours, and is refused where it is no tag", () => {
    for (const never of ['W/"12"', '"abc"', '""']) expect(readIfMatch(never), never).toHaveProperty("never");
    for (const bad of ["12", "", '"1", "2"', '"a" "b"']) {
      expect(() => readIfMatch(bad), bad).toThrow(expect.objectContaining({ code: "malformed" }));
    }
  });
});

describe("the version of a change", () => {
  const body = z.strictObject({ version: rowVersion, name: z.string() });
  const precondition = { place: { in: "body", name: "version" }, version: 3 } as const;

  it("is found in whatever the handler takes it by", () => {
    expect(versionPlaceOf({ body })).toEqual({ in: "body", name: "version" });
    const either = z.union([z.object({ baseVersion: rowVersion }), z.object({ baseVersion: rowVersion, b: z.null() })]);
    expect(versionPlaceOf({ body: either })).toEqual({ in: "body", name: "baseVersion" });
    expect(versionPlaceOf({ query: z.object({ version: z.string().transform(Number) }) })).toMatchObject({
      in: "query",
    });
    expect(versionPlaceOf({ body: z.object({ version: z.enum(["4.0", "4.0.1"]) }) })).toBeNull();
    expect(versionPlaceOf({ body: z.union([body, z.object({ other: z.string() })]) })).toBeNull();
    expect(versionPlaceOf({})).toBeNull();
  });

  it("stands in the header, in the request, or the same in both", () => {
    expect(bodyOver(precondition, { name: "n" })).toEqual({ name: "n", version: 3 });
    expect(bodyOver(precondition, { name: "n", version: 3 })).toEqual({ name: "n", version: 3 });
    expect(bodyOver(null, { name: "n" })).toEqual({ name: "n" });
    expect(() => bodyOver(precondition, { version: 4 })).toThrow(expect.objectContaining({ code: "malformed" }));
    const query = { place: { in: "query", name: "version" }, version: 3 } as const;
    expect(addressOver(query, new URL("https://a.example/?x=1")).search).toBe("?x=1&version=3");
    const other = new URL("https://a.example/?version=4");
    expect(() => addressOver(query, other)).toThrow(expect.objectContaining({ code: "malformed" }));
    expect(addressOver(precondition, other)).toBe(other);
  });
});
