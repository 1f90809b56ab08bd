import {
  CONSTRAINT_TYPES,
  CONTROL_NATURES,
  CONTROL_ORIGINS,
  RISK_LEVELS,
  SCOPE_ITEM_KINDS,
  TEST_OUTCOMES,
  type WorksheetSections,
} from "@/lib/domain/worksheet/model";
import type { BlockNode, InlineNode, Mark, Narrative } from "@/lib/domain/worksheet/narrative";
import type { Author } from "./author";

/** Six sections with items of every kind, some of them empty. */
export function anySections(author: Author): WorksheetSections {
  const controls = author.list(4, (index) => ({
    id: author.id(),
    label: author.flag() ? `C${index + 1}` : "",
    title: author.text(300),
    description: author.text(1_000),
    origin: author.pick(CONTROL_ORIGINS),
    nature: author.pick(CONTROL_NATURES),
    requirementRef: author.text(100),
    aboveAndBeyond: author.text(500),
    owner: author.text(100),
    ...(author.flag() && { changedOn: author.pick(["", author.day()]) }),
    ...(author.flag() && { recordId: author.id() }),
  }));
  // A draft may refer to a control that was taken out since.
  const controlIds = () => [
    ...controls.filter(() => author.flag()).map(({ id }) => id),
    ...author.list(1, () => author.id()),
  ];
  const level = () => author.pick(["", ...RISK_LEVELS] as const);
  return {
    constraints: {
      narrative: anyNarrative(author),
      items: {
        constraintType: author.pick(["", ...CONSTRAINT_TYPES] as const),
        scope: author.list(4, () => ({
          id: author.id(),
          kind: author.pick(SCOPE_ITEM_KINDS),
          name: author.text(300),
          detail: author.text(500),
        })),
      },
    },
    definition: { narrative: anyNarrative(author), items: { controls } },
    objective: { narrative: anyNarrative(author), items: { objectiveRef: author.text(300) } },
    identifiedRisk: {
      narrative: anyNarrative(author),
      items: {
        risks: author.list(4, (index) => ({
          id: author.id(),
          label: author.flag() ? `R${index + 1}` : "",
          threat: author.text(500),
          asset: author.text(300),
          likelihood: level(),
          impact: level(),
          residual: author.text(500),
          controlIds: controlIds(),
        })),
      },
    },
    validation: {
      narrative: anyNarrative(author),
      items: {
        tests: author.list(5, (index) => ({
          id: author.id(),
          label: author.flag() ? `T${index + 1}` : "",
          tester: author.text(100),
          testedOn: author.pick(["", author.day()]),
          method: author.text(500),
          sample: author.text(300),
          outcome: author.pick(TEST_OUTCOMES),
          result: author.text(500),
          controlIds: controlIds(),
        })),
      },
    },
    maintenance: {
      narrative: anyNarrative(author),
      items: {
        tasks: author.list(4, (index) => ({
          id: author.id(),
          label: author.flag() ? `M${index + 1}` : "",
          task: author.text(500),
          owner: author.text(100),
          frequency: author.text(100),
          monitoring: author.text(300),
          onFailure: author.text(300),
          ...(author.flag() && { onChange: author.text(300) }),
        })),
        reviewDue: author.pick(["", author.day()]),
        exitPlan: author.text(500),
      },
    },
  };
}

function anyNarrative(author: Author): Narrative {
  return { type: "doc", content: author.list(5, () => anyBlock(author)) };
}

function anyBlock(author: Author): BlockNode {
  const paragraph = (): Extract<BlockNode, { type: "paragraph" }> => {
    const content = author.list(4, () => anyInline(author));
    return content.length === 0 && author.flag() ? { type: "paragraph" } : { type: "paragraph", content };
  };
  const item = () => ({ type: "listItem", content: [paragraph()] }) as const;
  const cell = (type: "tableCell" | "tableHeader") => ({ type, content: [paragraph()] }) as const;
  const row = (type: "tableCell" | "tableHeader") =>
    ({ type: "tableRow", content: [cell(type), ...author.list(2, () => cell(type))] }) as const;
  return author.pick<() => BlockNode>([
    paragraph,
    () => ({ type: "codeBlock", content: [{ type: "text", text: `${author.some(500)}\n\`\`\`\nx` }] }),
    () => ({ type: "bulletList", content: [item(), ...author.list(2, item)] }),
    () => ({ type: "orderedList", attrs: { start: 3 }, content: [item(), ...author.list(2, item)] }),
    () => ({ type: "table", content: [row(author.pick(["tableHeader", "tableCell"])), row("tableCell")] }),
  ])();
}

function anyInline(author: Author): InlineNode {
  if (author.flag() && author.flag()) return { type: "hardBreak" };
  const marks = author.list<Mark>(2, () =>
    author.pick<Mark>([
      { type: "bold" },
      { type: "italic" },
      { type: "code" },
      { type: "link", attrs: { href: "https://evidence.example/a(b)?c=<d>" } },
    ]),
  );
  return { type: "text", text: author.some(800), ...(marks.length > 0 && { marks }) };
}
