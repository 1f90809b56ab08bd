import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { CRITERION_IDS, criteriaOf } from "@/lib/domain/worksheet/criteria";
import { answerTo, frozenAnswers, unanswered, withAnswer } from "@/lib/domain/worksheet/criteria-answers";
import { CRITERIA_GUIDANCE } from "@/lib/domain/worksheet/criteria-guidance";
import { applyItemsDiff, diffItems } from "@/lib/domain/worksheet/diff-items";
import { emptySection } from "@/lib/domain/worksheet/empty";
import { mergeParts, mergeSection } from "@/lib/domain/worksheet/merge";
import type { SectionContent } from "@/lib/domain/worksheet/model";

const id = fc.constantFrom(...CRITERION_IDS);
const answers = fc.uniqueArray(fc.record({ id, answer: fc.string() }), { selector: (one) => one.id });
const content = (all: SectionContent<"criteria">["items"]["answers"]): SectionContent<"criteria"> => ({
  ...emptySection("criteria"),
  items: { answers: all },
});

describe("an answer", () => {
  it("is what was written last to its criterion, and leaves the others alone", () => {
    fc.assert(
      fc.property(answers, id, fc.string(), (before, criterion, words) => {
        const after = withAnswer(before, criterion, words);
        expect(answerTo(after, criterion)).toBe(words);
        for (const other of CRITERION_IDS.filter((one) => one !== criterion)) {
          expect(answerTo(after, other)).toBe(answerTo(before, other));
        }
      }),
    );
  });

  it("is frozen for the criteria of the version alone, in its order and with its number", () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...STANDARD_VERSIONS), (given, version) => {
        const frozen = frozenAnswers(given, version);
        expect(frozen.map(({ id: one, number }) => [one, number])).toEqual(
          criteriaOf(version).map((one) => [one.id, one.number]),
        );
        for (const one of frozen) expect(one.answer).toBe(answerTo(given, one.id));
        expect(unanswered(frozen, version)).toEqual(unanswered(given, version));
      }),
    );
  });
});

describe("two people who answer at once", () => {
  const base = emptySection("criteria");
  const answered = (criterion: (typeof CRITERION_IDS)[number], words: string) =>
    content(withAnswer(base.items.answers, criterion, words));

  it("keep both answers where each wrote to a criterion of their own", () => {
    fc.assert(
      fc.property(id, id, fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other, mine, theirs) => {
        fc.pre(one !== other);
        const merged = mergeSection("criteria", base, answered(one, mine), answered(other, theirs));
        expect(merged && answerTo(merged.items.answers, one)).toBe(mine);
        expect(merged && answerTo(merged.items.answers, other)).toBe(theirs);
      }),
    );
  });

  it("have to choose where both wrote to the same one, and to no other", () => {
    const [mine, theirs] = [answered("beyond", "C1 is new."), answered("beyond", "C2 is new.")];
    expect(mergeSection("criteria", base, mine, theirs)).toBeNull();
    const clashes = mergeParts("criteria", base, mine, theirs).filter(({ changedBy }) => changedBy === "conflict");
    expect(clashes.map((part) => part.id)).toEqual(["item:beyond:answer"]);
  });
});

it("a difference of answers gives the newer ones back", () => {
  const names = { before: () => null, after: () => null };
  fc.assert(
    fc.property(answers, answers, (was, is) => {
      const [before, after] = [frozenAnswers(was, "4.0.1"), frozenAnswers(is, "4.0.1")];
      expect(applyItemsDiff(diffItems(before, after, names, () => []))).toEqual(after);
      expect(applyItemsDiff(diffItems([], after, names, () => []))).toEqual(after);
    }),
  );
});

it.each(CRITERION_IDS)(
  "the guidance to “%s” says what is looked for and criticised, and shows both ways",
  (criterion) => {
    const { looksFor, criticised, good, poor } = CRITERIA_GUIDANCE[criterion];
    expect(looksFor.length).toBeGreaterThanOrEqual(3);
    expect(criticised.length).toBeGreaterThanOrEqual(2);
    expect(good.length).toBeGreaterThan(2 * poor.length);
  },
);
