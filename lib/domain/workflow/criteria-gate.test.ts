import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import {
  answerBlockers,
  CRITERION_OUTCOMES,
  criteriaInTheWay,
  isAnsweredAlike,
  type JudgedCriterion,
  tallyCriteria,
  whyNotSigned,
} from "@/lib/domain/workflow/criteria-gate";
import { CRITERION_IDS, criteriaOf } from "@/lib/domain/worksheet/criteria";

const version = fc.constantFrom(...STANDARD_VERSIONS);
const judged = fc.uniqueArray(
  fc.record({ criterion: fc.constantFrom(...CRITERION_IDS), outcome: fc.constantFrom(...CRITERION_OUTCOMES) }),
  { selector: ({ criterion }) => criterion },
);
const answers = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...CRITERION_IDS), answer: fc.constantFrom("", "  \n", "Because C1 prevents it.") }),
  { selector: ({ id }) => id },
);

describe("the criteria of a version", () => {
  it("are four in 3.2.1 and five in 4.0.1, under the numbers of Appendix B", () => {
    expect(criteriaOf("3.2.1").map(({ number }) => number)).toEqual(["1", "2", "3", "4"]);
    expect(criteriaOf("4.0.1").map(({ number }) => number)).toEqual(["1", "2", "3", "5", "6"]);
  });

  it("have three considerations in what goes beyond, and in nothing else", () => {
    const parts = criteriaOf("4.0.1").map(({ id, parts: own }) => [id, own.length]);
    expect(parts.filter(([, count]) => count !== 0)).toEqual([["beyond", 3]]);
  });
});

describe("a submission", () => {
  it("is stopped by each criterion without an answer, in their order, and by nothing that another version asks", () => {
    fc.assert(
      fc.property(answers, version, (given, asked) => {
        const open = criteriaOf(asked).filter(({ id }) => !given.some((one) => one.id === id && one.answer.trim()));
        const blockers = answerBlockers(given, asked);
        expect(blockers.map(({ itemId }) => itemId)).toEqual(open.map(({ id }) => id));
        expect(blockers.every(({ section }) => section === "criteria")).toBe(true);
      }),
    );
  });

  it("says which criterion it is by number and name", () => {
    expect(answerBlockers([], "4.0.1").at(-2)?.message).toMatch(/^Criterion 5 \(the added risk\) is not answered\./);
    expect(answerBlockers([], "3.2.1").at(-1)?.message).toMatch(/^Criterion 4 \(the added risk\) is not answered\./);
  });
});

describe("a signature", () => {
  const met = (asked: (typeof STANDARD_VERSIONS)[number]): JudgedCriterion[] =>
    criteriaOf(asked).map(({ id }) => ({ criterion: id, outcome: "met" }));

  it("is free exactly when every criterion of the version is met", () => {
    fc.assert(
      fc.property(judged, version, (given, asked) => {
        const tally = tallyCriteria(given, asked);
        const free = whyNotSigned(given, asked) === null;
        expect(free).toBe(tally.met === tally.total);
        expect(criteriaInTheWay(given, asked)).toHaveLength(tally.total - tally.met);
        expect(tally.met).toBeLessThanOrEqual(tally.decided);
        expect(tally.decided).toBeLessThanOrEqual(tally.total);
      }),
    );
  });

  it("falls with any one criterion that is taken away, asked about or not met", () => {
    fc.assert(
      fc.property(version, fc.nat(), fc.constantFrom("open", "question", "not_met"), (asked, at, fate) => {
        const all = met(asked);
        expect(whyNotSigned(all, asked)).toBeNull();
        const place = at % all.length;
        const changed = all.flatMap((one, index): JudgedCriterion[] => {
          if (index !== place) return [one];
          return fate === "open" ? [] : [{ ...one, outcome: fate as "question" | "not_met" }];
        });
        expect(criteriaInTheWay(changed, asked).map(({ itemId }) => itemId)).toEqual([all[place]?.criterion]);
      }),
    );
  });

  it("is told why it has to wait, by how many and in what way", () => {
    const given: JudgedCriterion[] = [
      { criterion: "intent", outcome: "met" },
      { criterion: "defence", outcome: "question" },
      { criterion: "beyond", outcome: "not_met" },
    ];
    expect(whyNotSigned(given, "4.0.1")).toBe(
      "Every criterion has to be met first (2 not decided, 1 a question, 1 not met).",
    );
    expect(tallyCriteria(given, "4.0.1")).toEqual({ decided: 2, met: 1, total: 5 });
  });
});

describe("what was decided on an earlier revision", () => {
  it("is offered again only over the same answer, to the letter, and never where one was not asked", () => {
    const same = [{ id: "intent", answer: "C1 prevents it." }] as const;
    expect(isAnsweredAlike(same, [...same], "intent")).toBe(true);
    expect(isAnsweredAlike(same, [{ id: "intent", answer: "C1 prevents it. " }], "intent")).toBe(false);
    expect(isAnsweredAlike(undefined, same, "intent")).toBe(false);
    expect(isAnsweredAlike(same, undefined, "intent")).toBe(false);
  });
});
