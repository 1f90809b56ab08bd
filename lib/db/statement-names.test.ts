import { describe, expect, it } from "vitest";
import { statementNames } from "@/lib/db/statement-names";

describe("the names of statements", () => {
  it("are given when a text comes again, each its own, and stay", () => {
    const nameOf = statementNames();
    expect(nameOf({ sql: "SELECT 1" })).toBe("");
    const name = nameOf({ sql: "SELECT 1" });
    // PostgreSQL cuts names after 63 bytes, and two that are cut alike would be one.
    expect(name).toMatch(/^cv_.{43}$/);
    expect(nameOf({ sql: "SELECT 2" })).toBe("");
    expect(nameOf({ sql: "SELECT 2" })).not.toBe(name);
    expect(nameOf({ sql: "SELECT 1" })).toBe(name);
  });

  it("have an end, however many texts come", () => {
    const nameOf = statementNames();
    const given = new Set<string>();
    for (let n = 0; n < 2_000; n += 1) {
      nameOf({ sql: `SELECT ${n}` });
      given.add(nameOf({ sql: `SELECT ${n}` }));
    }
    expect(given.has("")).toBe(true);
    expect(given.size).toBeLessThanOrEqual(401);
  });

  it("are none for texts of many rows", () => {
    const nameOf = statementNames();
    const sql = `SELECT ${"1,".repeat(8_000)}1`;
    expect([nameOf({ sql }), nameOf({ sql }), nameOf({ sql })]).toEqual(["", "", ""]);
  });
});
