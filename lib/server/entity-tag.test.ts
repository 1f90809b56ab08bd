import { describe, expect, it } from "vitest";
import { z } from "zod";
import { rowVersion } from "@/lib/contracts/text";
import { entityTagOf, isKnown, readIfMatch } from "@/lib/server/entity-tag";
import { addressOver, bodyOver, preconditionOf, versionPlaceOf } from "@/lib/server/preconditions";
import { changedThing, repliedThing } from "@/lib/server/versioned";

const MARK = "m-_45678901";
const tagOf = (value: object, mark = MARK) => entityTagOf(value, JSON.stringify(value), mark) ?? "";

describe("an entity tag", () => {
  it("begins with the version and the thing, and differs with everything that is in the reply", () => {
    const tag = tagOf({ version: 7, name: "One" });
    expect(tag).toMatch(/^"7-m-_45678901-[\w-]{22}"$/);
    expect(tagOf({ version: 7, name: "One" })).toBe(tag);
    expect(tagOf({ version: 7, name: "Other" })).not.toBe(tag);
  });

  it("is for what has a version of its own: no number of a standard, no list", () => {
    for (const value of [{ version: "4.0.1" }, { items: [{ version: 1 }] }, [], null, undefined]) {
      expect(entityTagOf(value, "x", MARK)).toBeNull();
    }
    expect(entityTagOf({ version: 1 }, "x", null)).toBeNull();
  });

  it("is known among others, also where a proxy made it weak", () => {
    const tag = tagOf({ version: 1 });
    for (const known of [tag, `W/${tag}`, `"0-x", ${tag}`, "*"]) expect(isKnown(known, tag), known).toBe(true);
    for (const other of [null, "", '"1"', tagOf({ version: 2 })])
      expect(isKnown(other, tag), String(other)).toBe(false);
  });
});

describe("If-Match", () => {
  it("asks for version and thing of a tag, or for the version alone", () => {
    expect(readIfMatch(tagOf({ version: 12 }))).toEqual({ version: 12, mark: MARK });
    expect(readIfMatch('"12"')).toEqual({ version: 12, mark: null });
    for (const nothing of [null, "*"]) expect(readIfMatch(nothing)).toBeNull();
  });

  it("matches nothing by a weak tag or one that is not ours, and is refused where it is no tag", () => {
    for (const never of ['W/"12"', '"abc"', '""', `"12-${"d".repeat(22)}"`])
      expect(readIfMatch(never), never).toHaveProperty("never");
    for (const bad of ["12", "", '"1", "2"', '"a" "b"']) {
      expect(() => readIfMatch(bad), bad).toThrow(expect.objectContaining({ code: "malformed" }));
    }
  });
});

describe("what a tag is of", () => {
  const [worksheetId, evidenceId, organisationId] = ["w-1", "e-1", "o-1"];
  const at = (params: object) => ({ params, organisationId });

  it("is the same thing in the reply of a collection and at its own address", () => {
    const added = repliedThing("evidence", at({ worksheetId }), { id: evidenceId, version: 1 });
    expect(changedThing("evidence", at({ evidenceId }))).toEqual(added);
    expect(changedThing("evidence", at({ evidenceId: "e-2" }))).not.toEqual(added);
  });

  it("is another thing for every kind, part and organisation", () => {
    const section = { worksheetId, section: "risks" };
    const marks = [
      changedThing("worksheet", at({ worksheetId })),
      changedThing("eligibility", at({ worksheetId })),
      changedThing("section", at(section)),
      changedThing("section", at({ ...section, section: "objective" })),
      changedThing("criterion", at({ worksheetId, criterion: "risks" })),
      changedThing("policy", at({})),
      changedThing("thresholds", at({})),
      changedThing("policy", { params: {}, organisationId: "o-2" }),
    ].map((thing) => thing?.mark);
    expect(new Set(marks).size).toBe(marks.length);
    const both = { reply: "worksheet", over: "eligibility" } as const;
    expect(changedThing(both, at({ worksheetId }))?.mark).toBe(marks[1]);
    expect(repliedThing(both, at({ worksheetId }), { id: worksheetId })?.mark).toBe(marks[0]);
  });

  it("is not asked for at a collection, where what is added has no id yet", () => {
    const asked = (headers: Record<string, string>) => () =>
      preconditionOf(new Request("https://a.example", { headers }), {}, () =>
        changedThing("evidence", at({ worksheetId })),
      );
    expect(asked({})()).toBeNull();
    expect(asked({ "if-match": tagOf({ version: 1 }) })).toThrow(expect.objectContaining({ code: "malformed" }));
  });

  it("is nothing where an address leaves a part of it out", () => {
    expect(() => changedThing("section", at({ worksheetId }))).toThrow(/does not say which/);
    expect(changedThing(undefined, at({ worksheetId }))).toBeNull();
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
