import { describe, expect, it } from "vitest";
import { KEY_OPTION_IDS, type KeyOptionId } from "@/lib/domain/catalogue/key-option";
import { compareScopes } from "@/lib/domain/keys/compare";
import type { ScopeFacts } from "@/lib/domain/keys/facts";
import { evaluateScope, type ScopeResult } from "@/lib/domain/keys/scope-result";

/** An environment where everything that can be configured is. */
const SOUND: ScopeFacts = {
  usesCli: true,
  usesSdk: true,
  returnsPlaintextDataKeys: true,
  dataKeyRequesters: "aws_services_only",
  privateEndpointOnly: true,
  recipientEnclave: false,
  hsmGeneratesAndWraps: true,
  xksProxyPublic: false,
  storageFormShown: true,
  cryptoperiodDefined: true,
  cryptoperiodDays: 365,
  automaticRotation: true,
  manualRotationSchedule: true,
  importedExpiry: "within_cryptoperiod",
  offboardingTriggersRotation: true,
  custodianCount: 3,
  custodianLimit: 4,
  extraKeyLocations: 0,
  federatedAccess: true,
  assumedRoleAccess: true,
  sessionsAttributable: true,
  sharedIds: false,
  awsNativeSignIns: 0,
  everyIdentityHasFactor: true,
  mfaOnEveryHumanPath: true,
  humanAwsSessions: true,
  workstationLock15: true,
  trailOn: true,
  trailAllRegions: true,
  trailExcludesKmsEvents: false,
  hsmAuditLogsRetained: true,
  logFileValidation: true,
  logTamperControls: true,
  logChangeAlert: true,
  retentionDays: 400,
  hotDays: 92,
  changeDetection: true,
};

function triggered(result: ScopeResult, reading: "article" | "today"): string[] {
  return result.rows.filter((row) => row[reading].verdict !== "clear").map(({ row }) => row);
}

describe("the result of a scope", () => {
  it("shows both counts: 17 rows in the article, one today, for AWS-generated material in a sound account", () => {
    const result = evaluateScope(["cmk-aws-material"], SOUND);
    expect(result.counts).toEqual({
      article: { triggered: 17, undetermined: 0 },
      today: { triggered: 1, undetermined: 0 },
    });
    expect(triggered(result, "today")).toEqual(["1.3"]);
    expect(triggered(result, "article")).not.toContain("3.6.6");
  });

  it.each<[KeyOptionId, string[]]>([
    ["aws-owned", ["1.3", "3.6.4", "3.6.5", "10.2", "10.3"]],
    ["byok-workstation", ["1.3", "3.5", "3.6.6"]],
    ["byok-own-hsm", ["1.3"]],
    ["cloudhsm-direct", ["1.3"]],
    ["payment-cryptography", ["1.3"]],
  ])("leaves today, with %s in a sound account, %j", (option, rows) => {
    expect(triggered(evaluateScope([option], SOUND), "today")).toEqual(rows);
  });

  it("names the scenarios of 3.5 as reasons of one row, each with its key options", () => {
    const { rows } = evaluateScope(["cmk-aws-material", "byok-workstation"], SOUND);
    const row = rows.find((one) => one.row === "3.5");
    expect(row?.article.reasons.map(({ trigger, options }) => [trigger, options])).toEqual([
      ["3.5-KEK", ["byok-workstation"]],
      ["3.5-DEK", ["cmk-aws-material", "byok-workstation"]],
      ["3.5-AWSGEN", ["cmk-aws-material"]],
    ]);
    expect(row?.article.reasons[1]?.remarks).toEqual(["Only AWS services ask for them: little effort."]);
    expect(row?.today.reasons.map(({ trigger }) => trigger)).toEqual(["3.5-KEK"]);
  });

  it("counts what is not answered as triggered, and says what is missing", () => {
    const { rows, counts } = evaluateScope(["cmk-aws-material"], { ...SOUND, changeDetection: undefined });
    expect(rows.find((one) => one.row === "11.5")?.today).toMatchObject({
      verdict: "undetermined",
      missing: ["changeDetection"],
    });
    expect(counts.today).toEqual({ triggered: 2, undetermined: 1 });
  });

  it("without a chosen option triggers only what every option triggers", () => {
    const { rows } = evaluateScope([], SOUND);
    const verdict = (id: string) => rows.find(({ row }) => row === id)?.article.verdict;
    expect([verdict("8.2"), verdict("3.6.6"), verdict("3.5")]).toEqual(["triggered", "undetermined", "undetermined"]);
  });

  it("repeats itself, whatever the order of the options", () => {
    expect(evaluateScope([...KEY_OPTION_IDS].reverse(), SOUND)).toEqual(evaluateScope(KEY_OPTION_IDS, SOUND));
  });
});

describe("comparing two results", () => {
  const before = evaluateScope(["cmk-aws-material"], SOUND);

  it("finds nothing between equal results", () => {
    expect(compareScopes(before, evaluateScope(["cmk-aws-material"], SOUND))).toEqual([]);
  });

  it("tells what is newly triggered, no longer triggered, and differently reasoned", () => {
    const after = evaluateScope(["byok-workstation"], { ...SOUND, trailOn: false });
    const changes = compareScopes(before, after).map(({ row, reading, kind }) => `${row} ${reading} ${kind}`);
    expect(changes).toEqual(
      expect.arrayContaining([
        "3.6.6 article newly triggered",
        "10.2 today newly triggered",
        "3.5 article reasons changed",
      ]),
    );
    const back = compareScopes(after, before).map(({ row, reading, kind }) => `${row} ${reading} ${kind}`);
    expect(back).toEqual(
      expect.arrayContaining(["3.6.6 article no longer triggered", "10.2 today no longer triggered"]),
    );
  });

  it("tells an answer that confirms from one that was withdrawn", () => {
    const open = evaluateScope(["cmk-aws-material"], { ...SOUND, changeDetection: undefined });
    const failing = evaluateScope(["cmk-aws-material"], { ...SOUND, changeDetection: false });
    expect(compareScopes(open, failing)).toMatchObject([{ row: "11.5", reading: "today", kind: "settled" }]);
    expect(compareScopes(failing, open)).toMatchObject([{ row: "11.5", reading: "today", kind: "reopened" }]);
  });
});
