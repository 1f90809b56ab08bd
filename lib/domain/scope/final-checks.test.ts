import { describe, expect, it } from "vitest";
import { FINAL_CHECK_IDS } from "@/lib/domain/catalogue/article";
import type { WorkbookRequirement } from "@/lib/domain/keys/workbook";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";
import { finalChecks } from "@/lib/domain/scope/final-checks";
import type { Disposition } from "@/lib/domain/workflow/dispositions";

const row = (number: string): WorkbookRequirement => ({
  number,
  article: "triggered",
  today: "clear",
  primary: true,
  rows: [],
});
function check(answers: ScopeAnswers, id: string) {
  return finalChecks(answers, [], new Map()).find((outcome) => outcome.check === id);
}

describe("the final checks", () => {
  it("give all seven outcomes in order, not answered where nothing was said", () => {
    const outcomes = finalChecks({}, [row("3.6.1")], new Map());
    expect(outcomes.map((one) => one.check)).toEqual([...FINAL_CHECK_IDS]);
    expect(outcomes.map((one) => one.outcome)).toEqual([...Array(6).fill("not answered"), "fail"]);
  });

  it.each<[ScopeAnswers, string, string]>([
    [{ oneWorkloadPerKey: true }, "FT1", "pass"],
    [{ oneWorkloadPerKey: false }, "FT1", "fail"],
    [{ encryptDecryptApart: "exceptions_listed" }, "FT2a", "pass"],
    [{ encryptDecryptApart: "not_apart" }, "FT2a", "fail"],
    [{ keyMakersCannotDecrypt: true }, "FT2b", "not answered"],
    [{ keyMakersCannotDecrypt: false }, "FT2b", "fail"],
    [{ keyMakersCannotDecrypt: true, keyPolicyChangesAlarmed: true }, "FT2b", "pass"],
    [{ keyMakersCannotDecrypt: true, keyPolicyChangesAlarmed: false }, "FT2b", "fail"],
    [{ decryptPeople: 5, decryptPeopleLimit: 5, membershipReviewedMonthsAgo: 6 }, "FT3a", "pass"],
    [{ decryptPeople: 6, decryptPeopleLimit: 5 }, "FT3a", "fail"],
    [{ membershipReviewedMonthsAgo: 7 }, "FT3a", "fail"],
    [{ decryptPeople: 5, decryptPeopleLimit: 5 }, "FT3a", "not answered"],
    [{ outsideDevicesDecrypt: true }, "FT3b", "fail"],
    [{ outsideDevicesDecrypt: false }, "FT3b", "pass"],
    [{ chdOnWorkstations: false }, "FT3c", "pass"],
    [{ chdOnWorkstations: true }, "FT3c", "not answered"],
    [{ chdOnWorkstations: true, workstationsInScope: true }, "FT3c", "pass"],
    [{ chdOnWorkstations: true, workstationsInScope: false }, "FT3c", "fail"],
  ])("say for %j, %s: %s", (answers, id, outcome) => {
    expect(check(answers, id)?.outcome).toBe(outcome);
  });

  it("count a trigger as answered by any decision but none and a planned fix", () => {
    const decided: [string, Disposition][] = [
      ["1.4.1", "met"],
      ["3.7.4", "fix_planned"],
      ["8.3.4", "compensating_control"],
    ];
    const outcome = finalChecks({}, [row("1.4.1"), row("3.7.4"), row("8.3.4"), row("10.2.1")], new Map(decided)).at(-1);
    expect(outcome).toMatchObject({ check: "FT4", outcome: "fail", detail: "Undecided: 3.7.4, 10.2.1." });
    expect(finalChecks({}, [row("1.4.1")], new Map(decided)).at(-1)?.outcome).toBe("pass");
  });
});
