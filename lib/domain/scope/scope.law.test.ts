import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KEY_OPTION_IDS } from "@/lib/domain/catalogue/key-option";
import { DATA_KEY_REQUESTERS, IMPORTED_EXPIRIES } from "@/lib/domain/keys/facts";
import { READINGS } from "@/lib/domain/keys/trigger";
import { BOOLEAN_ANSWERS, ENCRYPT_DECRYPT_APART, NUMBER_ANSWERS, type ScopeAnswers } from "@/lib/domain/scope/answers";
import { isAnswered, isAsked, type Question } from "@/lib/domain/scope/question";
import {
  askedQuestions,
  nextQuestion,
  openQuestions,
  previousQuestion,
  progressOf,
  resultOf,
  STEPS,
} from "@/lib/domain/scope/wizard";

const options = fc.subarray([...KEY_OPTION_IDS], { minLength: 1 });
const numbers = fc.constantFrom(0, 1, 3, 91, 92, 364, 365, 400);
const every = fc.record<Record<string, unknown>>(
  {
    keyOptions: options,
    dataKeyRequesters: fc.constantFrom(...DATA_KEY_REQUESTERS),
    importedExpiry: fc.constantFrom(...IMPORTED_EXPIRIES),
    encryptDecryptApart: fc.constantFrom(...ENCRYPT_DECRYPT_APART),
    ...Object.fromEntries(BOOLEAN_ANSWERS.map((name) => [name, fc.boolean()])),
    ...Object.fromEntries(NUMBER_ANSWERS.map((name) => [name, numbers])),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ScopeAnswers>;

/** Some answers, and the same answers with more of them. */
const grown = fc.tuple(every, every).map(([some, more]) => ({ some, all: { ...more, ...some } as ScopeAnswers }));

describe("laws of the scope", () => {
  it("an answer given later never turns what was decided", () => {
    fc.assert(
      fc.property(grown, ({ some, all }) => {
        const after = resultOf(all);
        for (const [index, before] of resultOf(some).rows.entries()) {
          for (const reading of READINGS) {
            if (before[reading].verdict === "undetermined") continue;
            expect(after.rows[index]?.[reading].verdict).toBe(before[reading].verdict);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("another key option in use never takes a triggered row away", () => {
    fc.assert(
      fc.property(every, options, options, (answers, few, more) => {
        const before = resultOf({ ...answers, keyOptions: few });
        const after = resultOf({ ...answers, keyOptions: [...new Set([...few, ...more])] });
        for (const [index, row] of before.rows.entries()) {
          for (const reading of READINGS) {
            if (row[reading].verdict === "triggered") expect(after.rows[index]?.[reading].verdict).toBe("triggered");
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("a row without an answer always names a question that is asked and open", () => {
    fc.assert(
      fc.property(every, (answers) => {
        const open = new Set(openQuestions(answers).map(({ id }) => id));
        for (const row of resultOf(answers).rows) {
          for (const reading of READINGS) {
            const { verdict, missing } = row[reading];
            if (verdict === "undetermined") expect(missing.some((name) => open.has(name))).toBe(true);
            else expect(missing).toEqual([]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("whoever answers everything that is asked leaves nothing undetermined", () => {
    fc.assert(
      fc.property(every, options, numbers, fc.boolean(), (answers, keyOptions, number, flag) => {
        let all: ScopeAnswers = { ...answers, keyOptions };
        for (let open = openQuestions(all)[0]; open !== undefined; open = openQuestions(all)[0]) {
          all = { ...all, [open.id]: anAnswer(open, number, flag) };
        }
        const { counts } = resultOf(all);
        expect([counts.article.undetermined, counts.today.undetermined]).toEqual([0, 0]);
        const progress = progressOf(all);
        expect(progress.answered).toBe(progress.asked);
      }),
      { numRuns: 200 },
    );
  });

  it("walking forward meets every asked question once, and walking back the same ones", () => {
    fc.assert(
      fc.property(every, (answers) => {
        const asked = askedQuestions(answers).map(({ id }) => id);
        const forward: string[] = [];
        for (let at = nextQuestion(answers, null); at !== null; at = nextQuestion(answers, at.id)) forward.push(at.id);
        expect(forward).toEqual(asked);
        const back: string[] = [];
        const last = asked.at(-1);
        if (last === undefined) return;
        for (let at = previousQuestion(answers, last); at !== null; at = previousQuestion(answers, at.id))
          back.push(at.id);
        expect(back.reverse()).toEqual(asked.slice(0, -1));
      }),
    );
  });
});

function anAnswer(question: Question, number: number, flag: boolean): unknown {
  if (question.kind === "boolean") return flag;
  if (question.kind === "number") return number;
  return question.kind === "choice" ? question.choices[0]?.value : ["cmk-aws-material"];
}

describe("the wizard's questions", () => {
  const questions = STEPS.flatMap((step) => step.questions);

  it("ask for every answer exactly once", () => {
    const names = [
      "keyOptions",
      "dataKeyRequesters",
      "importedExpiry",
      "encryptDecryptApart",
      ...BOOLEAN_ANSWERS,
      ...NUMBER_ANSWERS,
    ];
    expect(questions.map(({ id }) => id).sort()).toEqual([...names].sort());
  });

  it("depend only on questions asked before them", () => {
    for (const [index, question] of questions.entries()) {
      const before = questions.slice(0, index).map(({ id }) => id as string);
      for (const name of question.shownIf?.anyOf ?? []) expect(before).toContain(name);
    }
  });

  it("count an empty choice of key options as no answer", () => {
    expect(isAnswered("keyOptions", { keyOptions: [] })).toBe(false);
    expect(isAnswered("usesCli", { usesCli: false })).toBe(true);
  });

  it("leave out what does not concern the chosen options", () => {
    const proxy = questions.find(({ id }) => id === "xksProxyPublic");
    expect(proxy && isAsked(proxy, { keyOptions: ["aws-managed"] })).toBe(false);
    expect(proxy && isAsked(proxy, { keyOptions: ["aws-managed", "xks"] })).toBe(true);
    expect(proxy && isAsked(proxy, {})).toBe(true);
  });
});
