import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type CriterionId, criteriaOf } from "@/lib/domain/worksheet/criteria";
import { emptySection } from "@/lib/domain/worksheet/empty";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { DemoWorksheet } from "./types";

/** What the demo's entity answers to the criteria of a worksheet: made from its own controls, risks, tests and tasks. */
export function demoAnswers(worksheet: DemoWorksheet, version: StandardVersion): SectionContent<"criteria"> {
  const { number, sections } = worksheet;
  const { controls } = sections.definition.items;
  const { risks } = sections.identifiedRisk.items;
  const { tests } = sections.validation.items;
  const { tasks } = sections.maintenance.items;
  const all = list(controls.map(({ label, title }) => `${label} (${title})`));
  const added = controls.map(({ label, origin }) => `${label} is ${ORIGIN[origin]}`);
  const answered = risks.map(
    ({ label, controlIds }) =>
      `${label} by ${list(controls.filter(({ id }) => controlIds.includes(id)).map((one) => one.label))}`,
  );
  const answers: Readonly<Record<CriterionId, string>> = {
    intent: `The aim of ${number} is reached by ${all}, for everything that the scope names and without exceptions; the objective says which control reaches which part of it.`,
    defence: `With ${all} in place an attacker is stopped where ${number} would stop them; ${list(tests.map(({ label }) => label))} tried it.`,
    beyond: `Nothing here is owed for ${number} itself: ${added.join("; ")}.`,
    added_risk: `Without ${number} as it is written ${risks.length === 1 ? "one risk is" : "these risks are"} left: ${answered.join("; ")}. What remains is said with each and was accepted.`,
    now_and_future: `The controls work today, as ${list(tests.map(({ label }) => label))} show, and ${list(tasks.map(({ label }) => label))} keep them working. They make good no task that was missed.`,
  };
  return {
    ...emptySection("criteria"),
    items: { answers: criteriaOf(version).map(({ id }) => ({ id, answer: answers[id] })) },
  };
}

const ORIGIN = {
  new: "new",
  required_elsewhere: "asked for elsewhere in PCI DSS",
  combination: "an existing control with something new added",
} as const;

function list(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "them");
}
