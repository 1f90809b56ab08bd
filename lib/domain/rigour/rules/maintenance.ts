import { isCalendarDay } from "@/lib/domain/dates";
import { dayInWords } from "@/lib/domain/format-date";
import type { Rule, RuleFinding, Verdict } from "@/lib/domain/rigour/finding";
import { copyFindings } from "@/lib/domain/rigour/rules/copies";
import { APPENDIX_C, AS_OF, BOILERPLATE, BOTH } from "@/lib/domain/rigour/rules/sources";
import { unsaid } from "@/lib/domain/rigour/unsaid";
import { isFilled, namesSomebody, saysHowOften } from "@/lib/domain/rigour/words/filled";
import { nameOf } from "@/lib/domain/rigour/words/names";
import type { MaintenanceTask } from "@/lib/domain/worksheet/model";

const ASKS = {
  task: "what is done",
  owner: "who does it: a person, a role or a team by its name",
  frequency: "how often, such as quarterly or on the first Monday of each month",
  monitoring: "how a failure is noticed",
  onFailure: "what happens when it fails",
} as const;

function missingIn(task: MaintenanceTask): readonly (keyof typeof ASKS)[] {
  const said = {
    task: isFilled(task.task),
    owner: namesSomebody(task.owner),
    frequency: saysHowOften(task.frequency),
    monitoring: isFilled(task.monitoring),
    onFailure: isFilled(task.onFailure),
  };
  return unsaid(said);
}

/** "After every change to the rule": older worksheets say the trigger in their own words. */
const ON_CHANGE =
  /\b(?:on|after|at|upon|with|before|following)\s+(?:(?:each|every|any|a|an|the|all|significant|major|relevant)\s+)*(?:\p{L}+\s+){0,2}?(?:changes?|deployments?|releases?|updates?|upgrades?)\b|\b(?:when(?:ever)?|if|as soon as)\b[^.;]{0,200}\b(?:changes?|changed|updates?|releases?|replaces?|moves?|offers?)\b/iu;

function saysWhichChange({ onChange = "", task, frequency, monitoring }: MaintenanceTask): boolean {
  return isFilled(onChange) || ON_CHANGE.test(`${task}\n${frequency}\n${monitoring}`);
}

/** L22: tasks that keep the controls working. */
export const wholeTasks: Rule = {
  id: "L22",
  severity: "error",
  title:
    "The maintenance names owner, frequency, monitoring, what happens on failure, and which change calls for a new look",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: ({ sections }): Verdict => {
    const { tasks } = sections.maintenance.items;
    if (tasks.length === 0) {
      const message =
        "No task is listed. Say what keeps the controls working: who does it, how often, how a failure is noticed and what happens then.";
      return { findings: [{ key: "none", message, place: { section: "maintenance" } }] };
    }
    const someSay = tasks.some(saysWhichChange);
    return {
      findings: tasks.flatMap((task): RuleFinding[] => {
        const name = nameOf(task, "A task");
        const at = (field: string) => ({ section: "maintenance", itemId: task.id, field }) as const;
        const found = missingIn(task).map(
          (field): RuleFinding => ({
            key: `${task.id}:${field}`,
            message: `${name} does not say ${ASKS[field]}.`,
            place: at(field),
          }),
        );
        if (!saysWhichChange(task)) {
          const message = `${name} does not say which change calls for a new look, such as a change to the rule or a new account.`;
          // One trigger serves the worksheet; that other tasks go by the calendar alone is only told.
          found.push({
            key: `${task.id}:onChange`,
            message,
            place: at("onChange"),
            ...(someSay && { severity: "info" }),
          });
        }
        return found;
      }),
    };
  },
};

/** The day some calendar months later; at the end of a shorter month, its last day. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), index % 12];
  const last = new Date(Date.UTC(toYear, toMonth + 1, 0)).getUTCDate();
  return `${String(toYear).padStart(4, "0")}-${String(toMonth + 1).padStart(2, "0")}-${String(Math.min(date, last)).padStart(2, "0")}`;
}

/** L23: an end in sight, and nothing taken over without a new look. */
export const endInSight: Rule = {
  id: "L23",
  severity: "warning",
  title: "A review is due within the year, and what was copied is marked and justified anew",
  versions: BOTH,
  source: BOILERPLATE,
  asOf: AS_OF,
  evaluate: (subject, _knowledge, settings): Verdict => {
    const { reviewDue, exitPlan } = subject.sections.maintenance.items;
    const { today } = subject.facts;
    const place = { section: "maintenance", field: "reviewDue" } as const;
    const findings: RuleFinding[] = [];
    if (!isCalendarDay(reviewDue)) {
      findings.push({ key: "review:none", message: "Give the day of the next review.", place });
    } else if (reviewDue < today) {
      const message = `The review was due on ${dayInWords(reviewDue)}. Give the day of the next one.`;
      findings.push({ key: `review:${reviewDue}`, message, place });
    } else if (reviewDue > addMonths(today, settings.reviewMonths)) {
      const message = `The next review on ${dayInWords(reviewDue)} is more than ${settings.reviewMonths} months away. Put it within them: the controls are judged anew each year.`;
      findings.push({ key: `review:${reviewDue}`, message, place });
    }
    if (!isFilled(exitPlan)) {
      const message = "There is no exit plan. Say what would end the need for these controls.";
      findings.push({ key: "exit", message, place: { section: "maintenance", field: "exitPlan" }, severity: "info" });
    }
    return { findings: [...findings, ...copyFindings(subject, settings)] };
  },
};
