import { describe, expect, it } from "vitest";
import {
  RESULT_FILTERS,
  reasonsOf,
  selectRequirements,
  sourcesOf,
  whyClearToday,
} from "@/components/scope/select-requirements";
import type { TriggeredRequirementDto, TriggeringRowDto } from "@/lib/contracts/scope-result";

const reading = (verdict: "triggered" | "clear" | "undetermined", text = "") => ({
  verdict,
  reasons:
    verdict === "clear" ? [] : [{ trigger: "1.3" as const, options: [], verdict, text, remarks: ["So."], missing: [] }],
  missing: [],
});
const row: TriggeringRowDto = {
  row: "1.3",
  title: "Boundary",
  primary: true,
  article: reading("triggered", "The API is public."),
  today: reading("clear"),
  statusToday: "no longer",
  statusNote: "A private endpoint exists.",
  sources: ["https://a.example", "https://b.example"],
  disputed: true,
  disputeReason: "Assessors differ.",
  asOf: "2026-11-24",
};
const one: TriggeredRequirementDto = {
  number: "1.4.1",
  title: "Control the boundary",
  article: "triggered",
  today: "clear",
  primary: true,
  rows: [row, { ...row, row: "3.5", statusNote: "" }],
  disposition: { id: "d", disposition: "undecided", worksheet: null },
};
const two: TriggeredRequirementDto = {
  ...one,
  number: "8.3.4",
  article: "clear",
  today: "undetermined",
  disposition: { id: "e", disposition: "met", worksheet: null },
};
const pick = (filters: Partial<typeof RESULT_FILTERS>) =>
  selectRequirements([one, two], { ...RESULT_FILTERS, ...filters }).map(({ number }) => number);

describe("the scope's result", () => {
  it.each([
    [{}, ["1.4.1", "8.3.4"]],
    [{ reading: "article" }, ["1.4.1"]],
    [{ reading: "today" }, ["8.3.4"]],
    [{ reading: "gone" }, ["1.4.1"]],
    [{ reading: "open" }, ["8.3.4"]],
    [{ decided: "yes" }, ["8.3.4"]],
    [{ decided: "no" }, ["1.4.1"]],
    [{ q: "boundary 8.3" }, ["8.3.4"]],
  ])("%j shows %j", (filters, numbers) => {
    expect(pick(filters)).toEqual(numbers);
  });

  it("gives reasons, what settled them, and each source once", () => {
    expect(reasonsOf(one, "article")[0]).toMatchObject({
      row: "1.3",
      text: "The API is public. So.",
      weight: { disputed: true, disputeReason: "Assessors differ.", asOf: "2026-11-24" },
    });
    expect(reasonsOf(one, "today")).toEqual([]);
    expect(whyClearToday(one)).toMatchObject([
      { row: "1.3", text: "A private endpoint exists.", weight: { disputed: true } },
    ]);
    expect(sourcesOf(one)).toEqual(["https://a.example", "https://b.example"]);
  });
});
