import type { OscalBook, OscalSignOff, OscalTransition, OscalWorksheet } from "@/lib/domain/oscal/book";
import { headed, instantOf, line } from "@/lib/domain/oscal/markup";
import { entityParty, personParty } from "@/lib/domain/oscal/metadata";
import { narrativeMarkup } from "@/lib/domain/oscal/narrative-markup";
import type { MitigatingFactor, Origin, Response, Risk, RiskLogEntry, Task } from "@/lib/domain/oscal/parts";
import { testFields, testHeading, wasMade } from "@/lib/domain/oscal/poam-scope";
import { fieldProps, oscalProp, prop } from "@/lib/domain/oscal/props";
import { some } from "@/lib/domain/oscal/some";
import { type Identify, NAMESPACE, riskStatus } from "@/lib/domain/oscal/vocabulary";
import { partId } from "@/lib/domain/oscal/worksheet-ids";
import type { Control, Risk as ListedRisk, MaintenanceTask } from "@/lib/domain/worksheet/model";

const UNSAID = "*Not written yet.*";

/** A control's name in a document. */
export function controlHeading({ label, title }: Pick<Control, "label" | "title">): string {
  return [label, title].filter((one) => one !== "").join(": ");
}

/** The risk that the requirement is not met, with the controls that answer it and its history; then the risks that the worksheet lists. */
export function risksOf(worksheet: OscalWorksheet, { engagement }: OscalBook, identify: Identify): Risk[] {
  const { sections } = worksheet.content;
  const origin: Origin = { actors: [{ type: "party", "actor-uuid": entityParty(engagement, identify).uuid }] };
  const status = riskStatus(worksheet.state, worksheet.validity?.status);
  const { requirementNumber } = worksheet.content.header;
  const deviation: Risk = {
    uuid: partId(worksheet, "risk", identify),
    title: line(`Requirement ${requirementNumber} is not met as it is written`, "Requirement"),
    description: narrativeMarkup(sections.constraints.narrative) || UNSAID,
    statement: narrativeMarkup(sections.identifiedRisk.narrative) || UNSAID,
    status,
    origins: [origin],
    ...some(
      "mitigating-factors",
      sections.definition.items.controls.map((control) => factor(worksheet, control, identify)),
    ),
    remediations: [definition(worksheet, identify), maintenance(worksheet, identify)],
    ...riskLog(worksheet, engagement, identify),
  };
  return [deviation, ...sections.identifiedRisk.items.risks.map((risk) => listed(worksheet, risk, origin, identify))];
}

function factor(worksheet: OscalWorksheet, { description, ...rest }: Control, identify: Identify): MitigatingFactor {
  return {
    uuid: partId(worksheet, "control", identify, rest.id),
    "implementation-uuid": partId(worksheet, "implementation", identify, rest.id),
    description: headed(controlHeading(rest), description),
    props: fieldProps(rest),
  };
}

function listed(
  worksheet: OscalWorksheet,
  { threat, residual, ...rest }: ListedRisk,
  origin: Origin,
  identify: Identify,
): Risk {
  const { controls } = worksheet.content.sections.definition.items;
  const facets = (["likelihood", "impact"] as const).flatMap((name) =>
    rest[name] === "" ? [] : [{ name, system: NAMESPACE, value: rest[name] }],
  );
  return {
    uuid: partId(worksheet, "listed-risk", identify, rest.id),
    title: line(`${rest.label} ${threat}`, "Risk"),
    description: headed(rest.label, threat),
    statement: headed("What is left", residual),
    props: fieldProps(rest),
    status: riskStatus(worksheet.state, worksheet.validity?.status),
    origins: [origin],
    ...(facets.length > 0 && { characterizations: [{ origin, facets }] }),
    ...some(
      "mitigating-factors",
      controls
        .filter(({ id }) => rest.controlIds.includes(id))
        .map((control) => ({
          uuid: partId(worksheet, "control", identify, `${control.id} for ${rest.id}`),
          "implementation-uuid": partId(worksheet, "implementation", identify, control.id),
          description: line(controlHeading(control), "A control"),
        })),
    ),
  };
}

/** The controls are in place once somebody has signed for it; the tests that were not made yet are what is left to do. */
function definition(worksheet: OscalWorksheet, identify: Identify): Response {
  const { sections } = worksheet.content;
  const pending = sections.validation.items.tests.flatMap((test, place) => (wasMade(test) ? [] : [{ test, place }]));
  return {
    uuid: partId(worksheet, "definition", identify),
    lifecycle: worksheet.state === "signed" ? "completed" : "planned",
    title: "Definition of compensating controls",
    description: narrativeMarkup(sections.definition.narrative) || UNSAID,
    props: [oscalProp("type", "mitigate")],
    ...some(
      "tasks",
      pending.map(
        ({ test, place }): Task => ({
          uuid: partId(worksheet, "test", identify, test.id),
          type: "action",
          title: line(testHeading(test), "Test"),
          description: headed(testHeading(test), test.method),
          props: fieldProps(testFields(test, place)),
          remarks: headed("Result", test.result),
        }),
      ),
    ),
  };
}

function maintenance(worksheet: OscalWorksheet, identify: Identify): Response {
  const { narrative, items } = worksheet.content.sections.maintenance;
  const { tasks, reviewDue, exitPlan } = items;
  const review: readonly Task[] =
    reviewDue === ""
      ? []
      : [
          {
            uuid: partId(worksheet, "review", identify),
            type: "milestone",
            title: "Next review",
            timing: { "on-date": { date: instantOf(reviewDue) } },
          },
        ];
  return {
    uuid: partId(worksheet, "maintenance", identify),
    lifecycle: "planned",
    title: "Maintenance",
    description: narrativeMarkup(narrative) || UNSAID,
    props: [oscalProp("type", "mitigate"), prop("review-due", reviewDue)],
    ...some("tasks", [...tasks.map((task) => action(worksheet, task, identify)), ...review]),
    remarks: headed("Exit plan", exitPlan),
  };
}

function action(worksheet: OscalWorksheet, { task, ...rest }: MaintenanceTask, identify: Identify): Task {
  return {
    uuid: partId(worksheet, "task", identify, rest.id),
    type: "action",
    title: line(`${rest.label} ${rest.owner === "" ? "" : `by ${rest.owner}`}`, "Task"),
    description: headed(rest.label, task),
    props: fieldProps(rest),
  };
}

/** Moves, then decisions; each in the order of the model. A decision's words stand with the decision. */
function riskLog(worksheet: OscalWorksheet, engagement: OscalBook["engagement"], identify: Identify) {
  const by = (name: string) => ({ "logged-by": [{ "party-uuid": personParty(engagement, name, identify).uuid }] });
  const moves = worksheet.transitions.map(
    ({ reason, ...rest }: OscalTransition, place): RiskLogEntry => ({
      uuid: partId(worksheet, "transition", identify, String(place)),
      title: line(`r${rest.revision}: ${words(rest.move)}`, "Move"),
      description: headed(words(rest.move), reason),
      start: rest.at,
      props: fieldProps(rest),
      ...by(rest.by),
      "status-change": riskStatus(rest.to),
    }),
  );
  const decisions = worksheet.signOffs.map(
    ({ reason, ...rest }: OscalSignOff, place): RiskLogEntry => ({
      uuid: partId(worksheet, "sign-off", identify, String(place)),
      title: line(`r${rest.revision}: ${words(rest.kind)} by ${rest.signerName}, ${rest.signerRole}`, "Decision"),
      description: headed(words(rest.kind), reason),
      start: rest.at,
      props: fieldProps(rest),
      ...by(rest.signerName),
    }),
  );
  const entries = [...moves, ...decisions];
  return entries.length === 0 ? {} : { "risk-log": { entries } };
}

function words(name: string): string {
  return name.replaceAll("_", " ");
}
