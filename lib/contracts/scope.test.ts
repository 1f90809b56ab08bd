import { describe, expect, it } from "vitest";
import { scopeAnswers } from "@/lib/contracts/scope";

describe("the answers of the scope wizard", () => {
  it("may be given in part and come back as sent", () => {
    const answers = { keyOptions: ["xks"], usesCli: false, retentionDays: 365, importedExpiry: "never" };
    expect(scopeAnswers.parse(answers)).toEqual(answers);
    expect(scopeAnswers.parse({})).toEqual({});
  });

  it.each([
    { unknown: true },
    { usesCli: "yes" },
    { retentionDays: -1 },
    { retentionDays: 1.5 },
    { keyOptions: ["cmk"] },
    { keyOptions: ["xks", "xks"] },
    { importedExpiry: "sometime" },
    { usesSdk: null },
  ])("refuse %j", (answers) => {
    expect(scopeAnswers.safeParse(answers).success).toBe(false);
  });
});
