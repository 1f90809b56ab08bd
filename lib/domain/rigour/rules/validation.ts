import { daysBetween, isCalendarDay } from "@/lib/domain/dates";
import { dayInWords } from "@/lib/domain/format-date";
import type { Rule, RuleFinding, Verdict } from "@/lib/domain/rigour/finding";
import { APPENDIX_B, APPENDIX_C, AS_OF, BOTH } from "@/lib/domain/rigour/rules/sources";
import { unsaid } from "@/lib/domain/rigour/unsaid";
import { namesSomebody } from "@/lib/domain/rigour/words/filled";
import { nameOf } from "@/lib/domain/rigour/words/names";
import { isSelf } from "@/lib/domain/rigour/words/same-person";
import { saysWhat } from "@/lib/domain/rigour/words/thin";
import type { Control, ControlTest } from "@/lib/domain/worksheet/model";

const ASKS = {
  tester: "who tested: a person, a role or a team by its name",
  testedOn: "the day of the test",
  method: "how it was tested, so that somebody else could repeat it",
  sample: "on which sample, such as 3 of 12 gateways",
  result: "what came of it: what was seen, not only that it works",
  outcome: "the outcome",
} as const;

function missingIn(test: ControlTest): readonly (keyof typeof ASKS)[] {
  const said = {
    tester: namesSomebody(test.tester),
    testedOn: isCalendarDay(test.testedOn),
    method: saysWhat(test.method),
    sample: saysWhat(test.sample),
    result: saysWhat(test.result),
    outcome: test.outcome !== "not_run",
  };
  return unsaid(said);
}

/** The controls that a test covers; one that names none is taken for a test of all. */
function coveredBy(test: ControlTest, controls: readonly Control[]): readonly Control[] {
  return test.controlIds.length === 0 ? controls : controls.filter((control) => test.controlIds.includes(control.id));
}

/** L19: tests that somebody could repeat, by somebody else than the owner. */
export const wholeTests: Rule = {
  id: "L19",
  severity: "error",
  title: "The validation says who, when, how, on which sample and with what result, and not by the control's owner",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: ({ sections }): Verdict => {
    const { tests } = sections.validation.items;
    const { controls } = sections.definition.items;
    if (tests.length === 0) {
      const message =
        "No test is listed. Say who tested the controls, when, by which method, on which sample and with what result.";
      return { findings: [{ key: "none", message, place: { section: "validation" } }] };
    }
    const findings = tests.flatMap((test): RuleFinding[] => {
      const name = nameOf(test, "A test");
      const at = (field: string) => ({ section: "validation", itemId: test.id, field }) as const;
      const found = missingIn(test).map(
        (field): RuleFinding => ({
          key: `${test.id}:${field}`,
          message: `${name} does not say ${ASKS[field]}.`,
          place: at(field),
        }),
      );
      const own = coveredBy(test, controls).find((control) => isSelf(test.tester, control.owner));
      if (own && namesSomebody(test.tester)) {
        const message = `${name} was made by “${test.tester.trim()}”, who owns ${nameOf(own)}. Have somebody test it who does not run it.`;
        found.push({ key: `${test.id}:owner:${own.id}`, message, place: at("tester") });
      }
      if (test.outcome === "not_effective") {
        const message = `${name} found the controls not effective. Mend them and test again.`;
        found.push({ key: `${test.id}:not_effective`, message, place: at("outcome"), severity: "warning" });
      }
      return found;
    });
    const untested = controls.filter((control) => !tests.some((test) => coveredBy(test, controls).includes(control)));
    for (const control of untested) {
      const message = `No test covers ${nameOf(control)}. Add it to a test, or test it.`;
      const place = { section: "definition", itemId: control.id } as const;
      findings.push({ key: `untested:${control.id}`, message, place, severity: "warning" });
    }
    return { findings };
  },
};

/** L20: tested within the year, and after the last change. */
export const freshTests: Rule = {
  id: "L20",
  severity: "error",
  title: "The validation is of this assessment's year and after the last change",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ sections, facts: { today } }, _knowledge, { validationAgeDays }): Verdict => {
    const { controls } = sections.definition.items;
    const early = changedTooEarly(controls, today);
    const dated = sections.validation.items.tests.filter((test) => isCalendarDay(test.testedOn));
    if (dated.length === 0) return { findings: early, notApplicable: "No test has a day yet." };
    const isFresh = (test: ControlTest) => daysBetween(test.testedOn, today) <= validationAgeDays;
    const coversNow = (control: Control) => (test: ControlTest) =>
      isFresh(test) && test.testedOn <= today && coveredBy(test, controls).includes(control);
    const findings = dated.flatMap((test): RuleFinding[] => {
      const name = nameOf(test, "A test");
      const place = { section: "validation", itemId: test.id, field: "testedOn" } as const;
      const covered = coveredBy(test, controls);
      if (test.testedOn > today) {
        const message = `${name} is dated ${dayInWords(test.testedOn)}, which has not come yet. Give the day on which it was made.`;
        return [{ key: `${test.id}:future:${test.testedOn}`, message, place }];
      }
      const replaced =
        covered.length > 0 && covered.every((control) => dated.some((one) => one !== test && coversNow(control)(one)));
      if (!isFresh(test) && !replaced) {
        const message = `${name} is of ${dayInWords(test.testedOn)}, more than ${validationAgeDays} days ago. Test again: the controls are judged anew each year.`;
        return [{ key: `${test.id}:old:${test.testedOn}`, message, place }];
      }
      const changed = covered.find(
        ({ changedOn, ...control }) =>
          changedOn !== undefined &&
          isCalendarDay(changedOn) &&
          changedOn <= today &&
          changedOn > test.testedOn &&
          !dated.some(
            (one) =>
              one.testedOn >= changedOn &&
              one.testedOn <= today &&
              coveredBy(one, controls).some(({ id }) => id === control.id),
          ),
      );
      if (!changed?.changedOn) return [];
      const message = `${name} is of ${dayInWords(test.testedOn)}, and ${nameOf(changed)} was changed on ${dayInWords(changed.changedOn)}. Test it again as it is now.`;
      return [{ key: `${test.id}:changed:${changed.id}:${changed.changedOn}`, message, place }];
    });
    return { findings: [...early, ...findings] };
  },
};

function changedTooEarly(controls: readonly Control[], today: string): RuleFinding[] {
  return controls.flatMap((control): RuleFinding[] => {
    const { changedOn = "" } = control;
    if (!isCalendarDay(changedOn) || changedOn <= today) return [];
    const message = `${nameOf(control)} was last changed on ${dayInWords(changedOn)}, which has not come yet. Correct the day.`;
    const place = { section: "definition", itemId: control.id, field: "changedOn" } as const;
    return [{ key: `${control.id}:changedOn:${changedOn}`, message, place }];
  });
}
