"use client";

import type { ReactNode } from "react";
import { ControlFields } from "@/components/worksheet/items/control-fields";
import { RiskFields } from "@/components/worksheet/items/risk-fields";
import { ScopeFields } from "@/components/worksheet/items/scope-fields";
import { TaskFields } from "@/components/worksheet/items/task-fields";
import { TestFields } from "@/components/worksheet/items/test-fields";
import { UseSharedControl } from "@/components/worksheet/register/use-shared-control";
import {
  NATURE_WORDS,
  ORIGIN_WORDS,
  OUTCOME_WORDS,
  RISK_LEVEL_WORDS,
  SCOPE_KIND_WORDS,
} from "@/lib/domain/worksheet/item-words";
import { nextLabel } from "@/lib/domain/worksheet/labels";
import type {
  Control,
  ControlTest,
  MaintenanceTask,
  Risk,
  ScopeItem,
  SectionContent,
} from "@/lib/domain/worksheet/model";
import type { TextPartKey } from "@/lib/domain/worksheet/sections";

/** A kind of item: where its list is, how one is made, named and edited. */
export interface ItemKind<K extends TextPartKey, T extends { readonly id: string }> {
  readonly section: K;
  /** In words, for buttons: `control`. */
  readonly word: string;
  readonly heading: string;
  /** What to say while there is none. */
  readonly empty: string;
  readonly list: (content: SectionContent<K>) => readonly T[];
  readonly withList: (content: SectionContent<K>, list: readonly T[]) => SectionContent<K>;
  readonly make: (id: string, list: readonly T[]) => T;
  readonly label: (item: T) => string;
  readonly title: (item: T) => string;
  readonly traits: (item: T) => readonly string[];
  readonly fields: (item: T, onChange: (item: T) => void) => ReactNode;
  /** A further way to add one, beside the button. */
  readonly more?: (list: readonly T[], make: () => T, onAdd: (item: T) => void) => ReactNode;
}

/** Compensating controls. */
export const CONTROLS: ItemKind<"definition", Control> = {
  section: "definition",
  word: "control",
  heading: "Controls",
  empty:
    "No control yet. Name each control that stands in for the requirement, so that risks and tests can point at it.",
  list: ({ items }) => items.controls,
  withList: (content, controls) => ({ ...content, items: { controls } }),
  make: (id, list) => ({
    id,
    label: nextLabel(
      "C",
      list.map(({ label }) => label),
    ),
    title: "",
    description: "",
    origin: "new",
    nature: "preventive",
    requirementRef: "",
    aboveAndBeyond: "",
    owner: "",
  }),
  label: ({ label }) => label,
  title: ({ title }) => title || "Untitled control",
  traits: ({ origin, nature, recordId }) => [
    ...(recordId === undefined ? [] : ["Shared"]),
    ORIGIN_WORDS[origin],
    NATURE_WORDS[nature],
  ],
  fields: (item, onChange) => <ControlFields item={item} onChange={onChange} />,
  more: (list, make, onAdd) => <UseSharedControl list={list} make={make} onAdd={onAdd} />,
};

/** Risks that stay because the requirement is not met as written. */
export const RISKS: ItemKind<"identifiedRisk", Risk> = {
  section: "identifiedRisk",
  word: "risk",
  heading: "Risks",
  empty: "No risk yet. Name each risk that the missing requirement leaves open, and the controls that answer it.",
  list: ({ items }) => items.risks,
  withList: (content, risks) => ({ ...content, items: { risks } }),
  make: (id, list) => ({
    id,
    label: nextLabel(
      "R",
      list.map(({ label }) => label),
    ),
    threat: "",
    asset: "",
    likelihood: "",
    impact: "",
    residual: "",
    controlIds: [],
  }),
  label: ({ label }) => label,
  title: ({ threat, asset }) => firstLine(threat) || asset || "Unnamed risk",
  traits: ({ likelihood, impact }) => [
    ...(likelihood ? [`Likelihood ${RISK_LEVEL_WORDS[likelihood].toLowerCase()}`] : []),
    ...(impact ? [`Impact ${RISK_LEVEL_WORDS[impact].toLowerCase()}`] : []),
  ],
  fields: (item, onChange) => <RiskFields item={item} onChange={onChange} />,
};

/** Tests of the controls. */
export const TESTS: ItemKind<"validation", ControlTest> = {
  section: "validation",
  word: "test",
  heading: "Tests",
  empty: "No test yet. Say for each control who tested it, when, how, and what came out.",
  list: ({ items }) => items.tests,
  withList: (content, tests) => ({ ...content, items: { tests } }),
  make: (id, list) => ({
    id,
    label: nextLabel(
      "T",
      list.map(({ label }) => label),
    ),
    tester: "",
    testedOn: "",
    method: "",
    sample: "",
    outcome: "not_run",
    result: "",
    controlIds: [],
  }),
  label: ({ label }) => label,
  title: ({ method, tester }) => firstLine(method) || (tester && `Test by ${tester}`) || "Undescribed test",
  traits: ({ outcome }) => [OUTCOME_WORDS[outcome]],
  fields: (item, onChange) => <TestFields item={item} onChange={onChange} />,
};

/** Tasks that keep the controls working. */
export const TASKS: ItemKind<"maintenance", MaintenanceTask> = {
  section: "maintenance",
  word: "task",
  heading: "Tasks",
  empty: "No task yet. Say what is done to keep the controls working, how often, and who sees to it.",
  list: ({ items }) => items.tasks,
  withList: (content, tasks) => ({ ...content, items: { ...content.items, tasks } }),
  make: (id, list) => ({
    id,
    label: nextLabel(
      "M",
      list.map(({ label }) => label),
    ),
    task: "",
    owner: "",
    frequency: "",
    monitoring: "",
    onFailure: "",
  }),
  label: ({ label }) => label,
  title: ({ task }) => firstLine(task) || "Undescribed task",
  traits: ({ frequency, owner }) => [frequency, owner].filter(Boolean),
  fields: (item, onChange) => <TaskFields item={item} onChange={onChange} />,
};

/** Things that the worksheet covers. */
export const SCOPE: ItemKind<"constraints", ScopeItem> = {
  section: "constraints",
  word: "scope item",
  heading: "What it covers",
  empty: "Nothing listed yet. Name the accounts, keys, systems or people that this worksheet is about.",
  list: ({ items }) => items.scope,
  withList: (content, scope) => ({ ...content, items: { ...content.items, scope } }),
  make: (id) => ({ id, kind: "account", name: "", detail: "" }),
  label: () => "",
  title: ({ name }) => name || "Unnamed",
  traits: ({ kind }) => [SCOPE_KIND_WORDS[kind]],
  fields: (item, onChange) => <ScopeFields item={item} onChange={onChange} />,
};

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
