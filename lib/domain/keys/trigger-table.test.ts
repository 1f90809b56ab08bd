import { readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { KEY_OPTION_IDS, type KeyOptionId } from "@/lib/domain/catalogue/key-option";
import { ALWAYS, any, type Condition, no, yes } from "@/lib/domain/keys/condition";
import { type ReadingName, TRIGGER_IDS, type TriggerId } from "@/lib/domain/keys/trigger";
import { TRIGGER_DIFFERENCES, type TriggerDifference } from "@/lib/domain/keys/trigger-differences";
import { TRIGGER_TABLE } from "@/lib/domain/keys/trigger-table";
import { sameTruth } from "@/test/fixtures/same-truth";
import { hintOf } from "@/test/fixtures/trigger-hints";

const FACTS = path.resolve(import.meta.dirname, "../../../prisma/catalogue/2026-11-24/key-options.json");
const keyOptions = z.array(z.object({ id: z.enum(KEY_OPTION_IDS), triggers: z.array(z.string()) }));

/** The reviewed answer for every key option, in the words of the facts. */
const REVIEWED = new Map(
  keyOptions.parse(JSON.parse(readFileSync(FACTS, "utf8"))).map(({ id, triggers }) => [id, triggers]),
);

/** A reviewed line's trigger; its condition is null where the line is one of words that no fact decides. */
interface Line {
  readonly trigger: string;
  readonly when: Condition | null;
}

function reviewed(option: KeyOptionId): Line[] {
  return (REVIEWED.get(option) ?? []).flatMap(read);
}

const QUALIFIERS: [RegExp, Condition | null][] = [
  [/ if CLI\/SDK$/, any(yes("usesCli"), yes("usesSdk"))],
  [/ if SDK \(article only\)$/, yes("usesSdk")],
  [/ if clear-text data keys are returned$/, yes("returnsPlaintextDataKeys")],
  [/ \(literal; not if HSM generates and wraps\)$/, no("hsmGeneratesAndWraps")],
  [/ \(unless the external HSM generates\)$/, no("hsmGeneratesAndWraps")],
  [/ again for a public proxy endpoint$/, yes("xksProxyPublic")],
  [/ \(literal; governance may settle it\)$/, null],
  [/ \((by letter of the expr; extension, article silent|same IAM reason)\)$/, ALWAYS],
];

/** Reads one reviewed line as triggers and their condition. */
function read(line: string): Line[] {
  const duties = /^(\S+)\/(\S+) duties/.exec(line);
  if (duties) return [duties[1] ?? "", duties[2] ?? ""].map((trigger) => ({ trigger, when: null }));
  for (const [pattern, when] of QUALIFIERS) {
    if (pattern.test(line)) return [{ trigger: line.replace(pattern, ""), when }];
  }
  return [{ trigger: line, when: ALWAYS }];
}

/** Whether a cell of the table says something else than the list or the hint. */
function differs(from: TriggerDifference["from"], reading: ReadingName, option: KeyOptionId, trigger: TriggerId) {
  const said = TRIGGER_TABLE[option][trigger][reading].map(({ when }) => when);
  if (from === "hint") return !sameTruth(any(...said), hintOf(option, trigger, reading));
  const listed = reviewed(option).filter((line) => line.trigger === trigger);
  return !isDeepStrictEqual(
    said,
    listed.map(({ when }) => when),
  );
}

const COMPARISONS = [
  { reading: "article", from: "list" },
  { reading: "article", from: "hint" },
  { reading: "today", from: "hint" },
] as const;

describe("the trigger table", () => {
  const cases = COMPARISONS.flatMap((comparison) => KEY_OPTION_IDS.map((option) => ({ ...comparison, option })));

  it.each(cases)("differs from the $from for $option, $reading, just where that is recorded", (comparison) => {
    const { reading, from, option } = comparison;
    const recorded = TRIGGER_DIFFERENCES.filter(
      (known) =>
        known.reading === reading &&
        known.from === from &&
        (known.options === "every option" || known.options.includes(option)),
    ).flatMap(({ triggers }) => triggers);
    expect(TRIGGER_IDS.filter((trigger) => differs(from, reading, option, trigger))).toEqual(
      TRIGGER_IDS.filter((trigger) => recorded.includes(trigger)),
    );
  });

  it("has a reason and at least one cell for every recorded difference, and no list of triggers for today", () => {
    for (const { reading, from, options, triggers, difference, reason } of TRIGGER_DIFFERENCES) {
      expect(COMPARISONS).toContainEqual({ reading, from });
      expect(options).not.toHaveLength(0);
      expect(triggers).not.toHaveLength(0);
      expect(difference).toMatch(/\.$/);
      expect(reason).toMatch(/\.$/);
    }
  });

  it("knows every reviewed line", () => {
    for (const option of KEY_OPTION_IDS) {
      for (const { trigger } of reviewed(option)) expect(TRIGGER_IDS).toContain(trigger);
    }
  });

  it("has reviewed lines for all ten options", () => {
    expect([...REVIEWED.keys()]).toEqual([...KEY_OPTION_IDS]);
    expect(REVIEWED.get("aws-owned")).toHaveLength(17);
    expect(REVIEWED.get("cloudhsm-direct")).toHaveLength(13);
  });
});

describe("the trigger table today", () => {
  it("has dropped the triggers whose reason no longer holds", () => {
    for (const option of KEY_OPTION_IDS) {
      for (const trigger of ["2.3", "4.1", "A2", "3.5-AWSGEN"] as const) {
        expect(TRIGGER_TABLE[option][trigger].today).toEqual([]);
      }
    }
  });
});
