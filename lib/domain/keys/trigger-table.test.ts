import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { KEY_OPTION_IDS, type KeyOptionId } from "@/lib/domain/catalogue/key-option";
import { ALWAYS, any, type Condition, no, yes } from "@/lib/domain/keys/condition";
import { TRIGGER_IDS, type TriggerId } from "@/lib/domain/keys/trigger";
import { TRIGGER_DIFFERENCES } from "@/lib/domain/keys/trigger-differences";
import { TRIGGER_TABLE } from "@/lib/domain/keys/trigger-table";

const FACTS = path.resolve(import.meta.dirname, "../../../prisma/catalogue/2026-11-24/key-options.json");
const keyOptions = z.array(z.object({ id: z.enum(KEY_OPTION_IDS), triggers: z.array(z.string()) }));

/** The reviewed answer for every key option, in the words of the facts. */
const REVIEWED = new Map(
  keyOptions.parse(JSON.parse(readFileSync(FACTS, "utf8"))).map(({ id, triggers }) => [id, triggers]),
);
function reviewed(option: KeyOptionId): { trigger: string; when: Condition }[] {
  return (REVIEWED.get(option) ?? []).flatMap(read);
}

const QUALIFIERS: [RegExp, Condition][] = [
  [/ if CLI\/SDK$/, any(yes("usesCli"), yes("usesSdk"))],
  [/ if SDK \(article only\)$/, yes("usesSdk")],
  [/ if clear-text data keys are returned$/, yes("returnsPlaintextDataKeys")],
  [/ \(literal; not if HSM generates and wraps\)$/, no("hsmGeneratesAndWraps")],
  [/ \(unless the external HSM generates\)$/, no("hsmGeneratesAndWraps")],
  [/ again for a public proxy endpoint$/, yes("xksProxyPublic")],
  [
    / \((literal; governance may settle it|by letter of the expr; extension, article silent|same IAM reason)\)$/,
    ALWAYS,
  ],
];

/** Reads one reviewed line as triggers and their condition. */
function read(line: string): { trigger: string; when: Condition }[] {
  const duties = /^(\S+)\/(\S+) duties/.exec(line);
  if (duties) return [duties[1] ?? "", duties[2] ?? ""].map((trigger) => ({ trigger, when: ALWAYS }));
  for (const [pattern, when] of QUALIFIERS) {
    if (pattern.test(line)) return [{ trigger: line.replace(pattern, ""), when }];
  }
  return [{ trigger: line, when: ALWAYS }];
}

function reviewedConditions(option: KeyOptionId, trigger: TriggerId): Condition[] {
  return reviewed(option)
    .filter((entry) => entry.trigger === trigger)
    .map(({ when }) => when);
}

function recorded(option: KeyOptionId, trigger: TriggerId): boolean {
  return TRIGGER_DIFFERENCES.some(
    (known) =>
      known.reading === "article" &&
      known.trigger === trigger &&
      (known.options === "every option" || known.options.includes(option)),
  );
}

describe("the trigger table in the article's reading", () => {
  const cases = KEY_OPTION_IDS.flatMap((option) => TRIGGER_IDS.map((trigger) => ({ option, trigger })));

  it.each(cases)("equals the reviewed triggers for $option, $trigger", ({ option, trigger }) => {
    const expected = reviewedConditions(option, trigger);
    const actual = TRIGGER_TABLE[option][trigger].article.map(({ when }) => when);
    const product = ["3.5.1", "3.5.2", "3.5.3"].includes(trigger);
    if (product && actual.length > 0) {
      expect(expected).toEqual([]);
      expect(recorded(option, trigger)).toBe(true);
    } else {
      expect(actual).toEqual(expected);
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

  it("never asks for more than the article without a recorded reason", () => {
    for (const option of KEY_OPTION_IDS) {
      for (const trigger of TRIGGER_IDS) {
        const { article, today } = TRIGGER_TABLE[option][trigger];
        if (article.length > 0 || today.length === 0) continue;
        const known = TRIGGER_DIFFERENCES.some(
          (difference) =>
            difference.reading === "today" && difference.trigger === trigger && difference.options.includes(option),
        );
        expect(known, `${option} ${trigger}`).toBe(true);
      }
    }
  });
});
