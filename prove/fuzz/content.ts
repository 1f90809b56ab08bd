import type { SectionContent } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import type { CcwPartKey } from "@/lib/domain/worksheet/sections";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";

const CONTROL = "11111111-1111-4111-8111-111111111111";
const id = (digit: number) => `${digit}`.repeat(8).replace(/.*/, (eight) => `${eight}-2222-4222-8222-222222222222`);

const NARRATIVE = {
  type: "doc",
  content: [
    {
      type: "paragraph",
      content: [
        { type: "text", text: "Accounts lock after five tries; see " },
        {
          type: "text",
          text: "the policy",
          marks: [{ type: "bold" }, { type: "link", attrs: { href: "https://example.com/a" } }],
        },
        { type: "hardBreak" },
        { type: "text", text: "Łódź → Київ" },
      ],
    },
    { type: "codeBlock", content: [{ type: "text", text: "aws kms describe-key\n" }] },
    {
      type: "orderedList",
      attrs: { start: 3 },
      content: [{ type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "Third" }] }] }],
    },
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [
            { type: "tableHeader", content: [{ type: "paragraph", content: [{ type: "text", text: "Region" }] }] },
          ],
        },
      ],
    },
  ],
} as const;

const ITEMS = {
  constraints: {
    constraintType: "technical",
    scope: [{ id: id(3), kind: "account", name: "Payments", detail: "Holds the keys." }],
  },
  definition: {
    controls: [
      {
        id: CONTROL,
        label: "C1",
        title: "Lock",
        description: "Locks the account.",
        origin: "combination",
        nature: "preventive",
        requirementRef: "8.3.4",
        aboveAndBeyond: "After five tries, not ten.",
        owner: "Identity team",
        changedOn: "2026-08-01",
      },
    ],
  },
  objective: { objectiveRef: "Nobody guesses a password." },
  identifiedRisk: {
    risks: [
      {
        id: id(4),
        label: "R1",
        threat: "Guessing",
        asset: "Accounts",
        likelihood: "medium",
        impact: "high",
        residual: "Low",
        controlIds: [CONTROL],
      },
    ],
  },
  validation: {
    tests: [
      {
        id: id(5),
        label: "T1",
        tester: "Internal audit",
        testedOn: "2026-09-01",
        method: "Tried six times",
        sample: "Ten accounts",
        outcome: "effective",
        result: "All locked",
        controlIds: [CONTROL],
      },
    ],
  },
  maintenance: {
    tasks: [
      {
        id: id(6),
        label: "M1",
        task: "Look at the alarm",
        owner: "Operations",
        frequency: "Monthly",
        monitoring: "Dashboard",
        onFailure: "Ticket",
        onChange: "A new account",
      },
    ],
    reviewDue: "2027-01-31",
    exitPlan: "Move to single sign-on.",
  },
  criteria: SAMPLE_ANSWERS.items,
} as const satisfies { readonly [K in CcwPartKey]: SectionContent<K>["items"] };

/** A section in which every field and every kind of block is filled, so that a change of any of them can be tried. */
export function fullSection<K extends CcwPartKey>(key: K): SectionContent<K> {
  const narrative = key === "criteria" ? EMPTY_NARRATIVE : NARRATIVE;
  return { narrative, items: ITEMS[key] } as unknown as SectionContent<K>;
}

/** A link of evidence as somebody would add it. */
export const EVIDENCE = {
  section: "definition",
  itemId: CONTROL,
  title: "Key policy",
  url: "https://example.com/policy",
  shows: "Who may decrypt",
  collectedOn: "2026-06-01",
  validUntil: "2027-06-01",
} as const;
