import { describe, expect, it } from "vitest";
import { workbookRow } from "@/components/workbook/row.fixture";
import {
  compareDue,
  dueDay,
  familiesOf,
  isOverdue,
  selectRows,
  WORKBOOK_FILTERS,
} from "@/components/workbook/select-rows";

const TODAY = "2026-11-24";
const worksheet = { id: "w", state: "qsa_review", revision: 2, openThreads: 0, validity: null } as const;
const rows = [
  workbookRow({ id: "a", requirementNumber: "10.3.4", requirementTitle: "Log changes raise an alert" }),
  workbookRow({
    id: "b",
    requirementNumber: "3.7.4",
    disposition: "fix_planned",
    fixOwner: "Key team",
    fixDueOn: "2026-11-20",
  }),
  workbookRow({
    id: "c",
    requirementNumber: "A2.1.1",
    disposition: "met",
    settled: true,
    turn: "nobody",
    dueOn: "2026-01-01",
  }),
  workbookRow({
    id: "d",
    disposition: "compensating_control",
    turn: "assessor",
    worksheet: { ...worksheet, validity: { status: "broken", elsewhere: false, reason: "Evidence expired." } },
    owner: { id: "p1", name: "Ada Kern" },
    dueOn: "2026-12-12",
  }),
];
const pick = (filters: Partial<typeof WORKBOOK_FILTERS>) =>
  selectRows(rows, { ...WORKBOOK_FILTERS, ...filters }, TODAY)
    .map(({ id }) => id)
    .join("");

describe("the workbook's filters", () => {
  it.each([
    [{}, "abcd"],
    [{ q: "log ALERT" }, "a"],
    [{ q: "ada" }, "d"],
    [{ q: "key team" }, "b"],
    [{ state: "open" }, "abd"],
    [{ state: "settled" }, "c"],
    [{ state: "assessor" }, "d"],
    [{ state: "broken" }, "d"],
    [{ state: "overdue" }, "b"],
    [{ state: "qsa_review" }, "d"],
    [{ disposition: "fix_planned" }, "b"],
    [{ owner: "p1" }, "d"],
    [{ owner: "none" }, "abc"],
    [{ family: "8" }, "d"],
    [{ family: "8", state: "settled" }, ""],
  ])("%j shows %s", (filters, ids) => {
    expect(pick(filters)).toBe(ids);
  });

  it("lists families in the standard's order", () => {
    expect(familiesOf(rows)).toEqual(["3", "8", "10", "A2"]);
  });

  it("knows what is due", () => {
    expect(rows.map(dueDay)).toEqual([null, "2026-11-20", null, "2026-12-12"]);
    expect(rows.map((row) => isOverdue(row, TODAY))).toEqual([false, true, false, false]);
    expect([...rows].sort(compareDue).map(({ id }) => id)).toEqual(["b", "d", "a", "c"]);
  });
});
