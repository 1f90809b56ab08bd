import { expect, test } from "vitest";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import type { MaintenanceTask, Risk } from "@/lib/domain/worksheet/model";
import { goodSubject, items, knowledgeOf, narrative } from "@/test/rigour";

const knowledge = await knowledgeOf("4.0.1", "8.3.4");
const times = (words: string, count: number) => words.repeat(count);

/** Texts that make a careless pattern try again and again; each is as long as somebody may save it. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ["a denial that never ends", `It is not${times(" a matter of", 9000)} x expensive.`],
  ["a line of blanks", `${times(" ", 90_000)}€`],
  ["a heading of blanks", `row${times(" ", 90_000)}€`],
  ["dots", `${times(".", 90_000)}a`],
  ["conditions", times("if ", 30_000)],
  ["denials", times("no ", 30_000)],
  ["tokens", times("token=", 15_000)],
  ["remains", `risk ${times("remains remaining ", 6)}and`],
  ["claims", `It${times(" is above and beyond the requirement is required", 3)}!`],
  ["many vague places", times("Various systems and so on. ", 3000)],
];

test.each(HOSTILE)("the rules come to an end over %s", (_name, text) => {
  const narratives = (["constraints", "definition", "identifiedRisk", "objective"] as const).map((section) =>
    narrative(section, text),
  );
  const field = text.slice(0, 19_000);
  const line = field.slice(0, 300);
  const task: MaintenanceTask = {
    id: "m1",
    label: "M1",
    task: field,
    owner: line,
    frequency: line,
    monitoring: field,
    onFailure: field,
  };
  const risk: Risk = {
    id: "r1",
    label: "R1",
    threat: field,
    asset: field.slice(0, 150),
    likelihood: "low",
    impact: "low",
    residual: field,
    controlIds: [],
  };
  const edits = [
    ...narratives,
    items("maintenance", { tasks: [task], reviewDue: "", exitPlan: field }),
    items("identifiedRisk", { risks: [risk] }),
  ];
  const subject = edits.reduce((one, edit) => edit(one), goodSubject());
  const outcomes = evaluateRigour(subject, knowledge);
  expect(outcomes.filter((one) => one.kind === "not_evaluated" && one.reason === "failed")).toEqual([]);
});
