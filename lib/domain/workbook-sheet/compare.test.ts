import { describe, expect, it } from "vitest";
import { compareTable, type KnownRow } from "@/lib/domain/workbook-sheet/compare";

const ROW: KnownRow = {
  id: "row-1",
  version: 3,
  requirementNumber: "8.3.4",
  cells: {
    disposition: "Met",
    note: "One\nTwo",
    ownerId: "Kim Lee",
    dueOn: "2026-12-01",
    fixOwner: "",
    fixDueOn: "",
    evidenceTitle: "",
    evidenceUrl: "",
  },
};
const OTHER: KnownRow = { ...ROW, id: "row-2", requirementNumber: "8.3.6" };
const KNOWN = new Map([ROW, OTHER].map((row) => [row.id, row]));
const HEAD = ["Requirement", "Note", "Due on", "Row", "Version"];

const compare = (rows: readonly (readonly (string | number)[])[], dayZero = "1899-12-30") =>
  compareTable({ rows: rows.map((cells, index) => ({ line: index + 1, cells })), dayZero }, KNOWN);

describe("a table that is brought back", () => {
  it("changes what differs, and nothing else, whatever a spreadsheet made of the rest", () => {
    const { changes, errors, unchanged } = compare([
      HEAD,
      ["8. March 2004", "One\r\nTwo", 46_357, " ROW-1 ", "3"],
      ["", "Now met.", "", "row-2", 3],
    ]);
    expect(errors).toEqual([]);
    expect(unchanged).toBe(1);
    expect(changes).toEqual([
      {
        line: 3,
        row: OTHER,
        cells: [
          { field: "note", before: "One\nTwo", after: "Now met." },
          { field: "dueOn", before: "2026-12-01", after: "" },
        ],
      },
    ]);
  });

  it("may count days from 1904, leave columns out and have them in any order", () => {
    const { changes } = compare(
      [
        ["version", "DUE ON", "row", "My own notes"],
        [3, 44_896, "row-1", "x"],
      ],
      "1904-01-01",
    );
    expect(changes[0]?.cells).toEqual([{ field: "dueOn", before: "2026-12-01", after: "2026-12-02" }]);
  });

  it("says what is wrong with which line", () => {
    const { changes, errors } = compare([
      HEAD,
      ["8.3.4", "Mine", "", "row-1", "2"],
      ["8.3.6", "Mine", "", "row-2", "3"],
      ["8.3.6", "Twice", "", "row-2", "3"],
      ["9.9.9", "", "", "row-9", "1"],
      ["1.2.5", "New", "", "", ""],
    ]);
    expect(changes.map(({ line }) => line)).toEqual([3]);
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [2, "Version"],
      [4, "Row"],
      [5, "Row"],
      [6, "Row"],
    ]);
    expect(errors[0]?.message).toContain("8.3.4 was changed since");
    expect(errors[1]?.message).toContain("Line 3 is about the same row");
  });

  it("does not mind that a row went on when the table says what it says now", () => {
    expect(compare([HEAD, ["", "One\nTwo", "2026-12-01", "row-1", "1"]])).toEqual({
      changes: [],
      errors: [],
      unchanged: 1,
    });
  });

  it.each([
    ["nothing", [], /empty/],
    ["no head", [["8.3.4", "Met"]], /“Row” and “Version” are missing/],
    ["a column twice", [["Row", "Version", "Note", "note"]], /two columns “Note”/],
  ])("is refused with %s", (_what, rows, words) => {
    const { changes, errors } = compare(rows);
    expect(changes).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(words);
  });
});
