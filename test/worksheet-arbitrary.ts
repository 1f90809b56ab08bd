import fc from "fast-check";
import {
  CONSTRAINT_TYPES,
  CONTROL_NATURES,
  CONTROL_ORIGINS,
  RISK_LEVELS,
  SCOPE_ITEM_KINDS,
  type SectionItems,
  TEST_OUTCOMES,
  type WorksheetSections,
} from "@/lib/domain/worksheet/model";
import type { BlockNode, Narrative } from "@/lib/domain/worksheet/narrative";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** A few words, so that two random texts often share some. For tests. */
const words = fc
  .array(fc.constantFrom("lock", "after", "five", "failed", "tries", "Łódź", "kms:Decrypt", "→"), { maxLength: 6 })
  .map((list) => list.join(" "));
const day = fc.constantFrom("", "2026-09-01", "2027-01-31");
const text = words.map((value) => value || "x");
const itemId = fc.constantFrom("i1", "i2", "i3", "i4", "i5", "i6");
const refs = fc.uniqueArray(itemId, { maxLength: 3 });
const list = <T extends { readonly id: string }>(item: fc.Arbitrary<T>) =>
  fc.uniqueArray(item, { maxLength: 5, selector: (one) => one.id });

const paragraph: fc.Arbitrary<BlockNode> = text.map((value) => ({
  type: "paragraph",
  content: [{ type: "text", text: value }],
}));
const block: fc.Arbitrary<BlockNode> = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  fc.constant<BlockNode>({ type: "paragraph" }),
  text.map<BlockNode>((value) => ({ type: "codeBlock", content: [{ type: "text", text: value }] })),
  text.map<BlockNode>((value) => ({
    type: "paragraph",
    content: [{ type: "text", text: value, marks: [{ type: "bold" }] }],
  })),
  paragraph.map<BlockNode>((inner) => ({
    type: "bulletList",
    content: [{ type: "listItem", content: [inner as Extract<BlockNode, { type: "paragraph" }>] }],
  })),
);

/** A narrative of a few blocks, some of them equal. */
export const narrativeArbitrary: fc.Arbitrary<Narrative> = fc
  .array(block, { maxLength: 8 })
  .map((content) => ({ type: "doc", content }));

/** Some fields are left out while they are empty. */
const control = fc.record(
  {
    id: itemId,
    label: text,
    title: text,
    description: words,
    origin: fc.constantFrom(...CONTROL_ORIGINS),
    nature: fc.constantFrom(...CONTROL_NATURES),
    requirementRef: words,
    aboveAndBeyond: words,
    owner: words,
    changedOn: day.filter((one) => one !== ""),
    recordId: itemId,
  },
  {
    requiredKeys: [
      "id",
      "label",
      "title",
      "description",
      "origin",
      "nature",
      "requirementRef",
      "aboveAndBeyond",
      "owner",
    ],
  },
);
const level = fc.constantFrom("" as const, ...RISK_LEVELS);
const risk = fc.record({
  id: itemId,
  label: text,
  threat: words,
  asset: words,
  likelihood: level,
  impact: level,
  residual: words,
  controlIds: refs,
});
const controlTest = fc.record({
  id: itemId,
  label: text,
  tester: words,
  testedOn: day,
  method: words,
  sample: words,
  outcome: fc.constantFrom(...TEST_OUTCOMES),
  result: words,
  controlIds: refs,
});
const task = fc.record(
  {
    id: itemId,
    label: text,
    task: words,
    owner: words,
    frequency: words,
    monitoring: words,
    onFailure: words,
    onChange: text,
  },
  { requiredKeys: ["id", "label", "task", "owner", "frequency", "monitoring", "onFailure"] },
);
const scopeItem = fc.record({ id: itemId, kind: fc.constantFrom(...SCOPE_ITEM_KINDS), name: words, detail: words });

const items: { readonly [K in SectionKey]: fc.Arbitrary<SectionItems[K]> } = {
  constraints: fc.record({
    constraintType: fc.constantFrom("" as const, ...CONSTRAINT_TYPES),
    scope: list(scopeItem),
  }),
  definition: fc.record({ controls: list(control) }),
  objective: fc.record({ objectiveRef: words }),
  identifiedRisk: fc.record({ risks: list(risk) }),
  validation: fc.record({ tests: list(controlTest) }),
  maintenance: fc.record({ tasks: list(task), reviewDue: day, exitPlan: words }),
};
const section = <K extends SectionKey>(key: K) => fc.record({ narrative: narrativeArbitrary, items: items[key] });

/** All six sections with random content over few words and few ids, so that edits collide often. */
export const sectionsArbitrary: fc.Arbitrary<WorksheetSections> = fc.record({
  constraints: section("constraints"),
  definition: section("definition"),
  objective: section("objective"),
  identifiedRisk: section("identifiedRisk"),
  validation: section("validation"),
  maintenance: section("maintenance"),
}) as fc.Arbitrary<WorksheetSections>;

/** An evidence link. */
export const evidenceArbitrary = fc.record({
  id: itemId,
  section: fc.constantFrom<SectionKey>("constraints", "definition", "validation"),
  itemId: fc.option(itemId),
  title: text,
  url: fc.constantFrom("https://evidence.example/a", "https://evidence.example/b"),
  shows: words,
  collectedOn: fc.constantFrom("2026-09-01", "2026-10-01"),
  validUntil: fc.constantFrom(null, "2027-09-01"),
});
