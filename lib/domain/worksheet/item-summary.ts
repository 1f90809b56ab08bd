import { dayInWords } from "@/lib/domain/format-date";
import { summariseRecordPart } from "@/lib/domain/records/summary";
import {
  CONSTRAINT_WORDS,
  NATURE_WORDS,
  ORIGIN_WORDS,
  OUTCOME_WORDS,
  RISK_LEVEL_WORDS,
  SCOPE_KIND_WORDS,
} from "@/lib/domain/worksheet/item-words";
import type {
  Control,
  ControlTest,
  MaintenanceTask,
  PartContents,
  Risk,
  ScopeItem,
  SectionItems,
} from "@/lib/domain/worksheet/model";
import { isNarrativeEmpty } from "@/lib/domain/worksheet/narrative-text";
import { isRecordPart, type TextPartKey } from "@/lib/domain/worksheet/sections";
import type { Fact, ItemSummary, SectionSummary } from "@/lib/domain/worksheet/summary-shape";

/** True when a document has nothing to show for the section: neither text nor items nor single fields. */
export function isSectionBlank(sections: PartContents, key: TextPartKey): boolean {
  const { before, items, after } = summariseItems(sections, key);
  const narrative = sections[key]?.narrative;
  return (!narrative || isNarrativeEmpty(narrative)) && before.length + items.length + after.length === 0;
}

const NO_CONSTRAINTS: SectionItems["constraints"] = { constraintType: "", scope: [] };
const NO_MAINTENANCE: SectionItems["maintenance"] = { tasks: [], reviewDue: "", exitPlan: "" };

/** The structured items of a section in words, references to controls resolved to their labels. */
export function summariseItems(sections: PartContents, key: TextPartKey): SectionSummary {
  if (isRecordPart(key)) return summariseRecordPart(key, sections[key]?.items ?? { entries: [] });
  const labels = new Map(
    (sections.definition?.items.controls ?? []).map((control) => [control.id, control.label || control.title]),
  );
  switch (key) {
    case "constraints": {
      const { constraintType, scope } = sections.constraints?.items ?? NO_CONSTRAINTS;
      const type = constraintType === "" ? "" : CONSTRAINT_WORDS[constraintType];
      return { before: facts(["Type of constraint", type]), items: scope.map(scopeSummary), after: [] };
    }
    case "definition":
      return { before: [], items: (sections.definition?.items.controls ?? []).map(controlSummary), after: [] };
    case "objective":
      return {
        before: [],
        items: [],
        after: facts(["Objective taken from", sections.objective?.items.objectiveRef ?? ""]),
      };
    case "identifiedRisk":
      return {
        before: [],
        items: (sections.identifiedRisk?.items.risks ?? []).map((risk) => riskSummary(risk, labels)),
        after: [],
      };
    case "validation":
      return {
        before: [],
        items: (sections.validation?.items.tests ?? []).map((test) => testSummary(test, labels)),
        after: [],
      };
    case "maintenance": {
      const { tasks, reviewDue, exitPlan } = sections.maintenance?.items ?? NO_MAINTENANCE;
      const after = facts(["Next review due", dayInWords(reviewDue)], ["Exit plan", exitPlan]);
      return { before: [], items: tasks.map(taskSummary), after };
    }
  }
}

function facts(...pairs: readonly (readonly [string, string])[]): readonly Fact[] {
  return pairs.filter(([, text]) => text.trim() !== "").map(([term, text]) => ({ term, text }));
}

/** Names the controls; one that is gone is said to be gone, never left out. */
function controlNames(ids: readonly string[], labels: ReadonlyMap<string, string>): string {
  return ids.map((id) => labels.get(id) || "a control that is no longer listed").join(", ");
}

function scopeSummary(item: ScopeItem): ItemSummary {
  return {
    id: item.id,
    label: "",
    title: item.name,
    traits: [SCOPE_KIND_WORDS[item.kind]],
    body: item.detail,
    facts: [],
  };
}

function controlSummary(control: Control): ItemSummary {
  return {
    id: control.id,
    label: control.label,
    title: control.title,
    traits: [
      ORIGIN_WORDS[control.origin],
      NATURE_WORDS[control.nature],
      ...(control.recordId === undefined ? [] : ["Shared control"]),
    ],
    body: control.description,
    facts: facts(
      ["Also owed for", control.requirementRef],
      ["Above and beyond", control.aboveAndBeyond],
      ["Owner", control.owner],
      ["Last changed on", dayInWords(control.changedOn ?? "")],
    ),
  };
}

function riskSummary(risk: Risk, labels: ReadonlyMap<string, string>): ItemSummary {
  return {
    id: risk.id,
    label: risk.label,
    title: "",
    traits: [],
    body: risk.threat,
    facts: facts(
      ["Asset", risk.asset],
      ["Rating", rating(risk)],
      ["Answered by", controlNames(risk.controlIds, labels)],
      ["Residual risk", risk.residual],
    ),
  };
}

function rating({ likelihood, impact }: Risk): string {
  const level = (name: string, value: Risk["impact"]) =>
    value === "" ? [] : [`${name} ${RISK_LEVEL_WORDS[value].toLowerCase()}`];
  return [...level("likelihood", likelihood), ...level("impact", impact)].join(", ");
}

function testSummary(test: ControlTest, labels: ReadonlyMap<string, string>): ItemSummary {
  return {
    id: test.id,
    label: test.label,
    title: "",
    traits: [OUTCOME_WORDS[test.outcome]],
    body: test.method,
    facts: facts(
      ["Tested by", test.tester],
      ["Tested on", dayInWords(test.testedOn)],
      ["Covers", controlNames(test.controlIds, labels)],
      ["Sample", test.sample],
      ["Result", test.result],
    ),
  };
}

function taskSummary(task: MaintenanceTask): ItemSummary {
  return {
    id: task.id,
    label: task.label,
    title: "",
    traits: [],
    body: task.task,
    facts: facts(
      ["Owner", task.owner],
      ["Frequency", task.frequency],
      ["Monitored by", task.monitoring],
      ["On failure", task.onFailure],
      ["Looked at anew on", task.onChange ?? ""],
    ),
  };
}
