import { sizeWords } from "@/lib/domain/evidence/file-rules";
import { dayInWords, instantInWords } from "@/lib/domain/format-date";
import { GATE_TITLE } from "@/lib/domain/rigour/gate-words";
import { OUTCOME_WORDS, type RuleReport, SEVERITY_WORDS, tallyOfRules } from "@/lib/domain/rigour/report";
import { OUTCOME_LABELS } from "@/lib/domain/workflow/criteria-gate";
import { MOVE_DONE_LABELS, STATE_LABELS } from "@/lib/domain/workflow/transitions";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import { itemLabels } from "@/lib/domain/worksheet/item-labels";
import { safeLink } from "@/lib/domain/worksheet/safe-link";
import { PART_LABELS, textPartsOf } from "@/lib/domain/worksheet/sections";
import { type DocxCell, line, paragraph, table, textCell } from "@/lib/render/docx/blocks";
import { INK, run } from "@/lib/render/docx/runs";
import { type Column, factLine } from "@/lib/render/docx/worksheet-blocks";
import type { Xml } from "@/lib/render/office/xml";
import { annexesTitle, undecidedWords } from "@/lib/render/pdf/kind-words";
import type { CriterionModel, SignOffModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { DECISION_WORDS, ELSEWHERE } from "@/lib/render/pdf/words";

/** The name of a worksheet's annexes as a place in the document. */
export function annexBookmark(index: number): string {
  return `annexes_${index + 1}`;
}

/** What stands behind a worksheet and is no part of its six rows, under the letters that the PDF gives it. */
export function annexBlocks(model: WorksheetPdfModel, index: number, column: Column): readonly Xml[] {
  const { requirementTitle } = model.header;
  const name = run(annexesTitle(model));
  const annex = (title: string, blocks: readonly Xml[]) => [line(`Annex ${title}`, { style: "Heading2" }), ...blocks];
  return [
    paragraph({ style: "Heading1" }, column.draft.bookmark(annexBookmark(index), name)),
    line(requirementTitle, {}, { colour: INK.muted }),
    ...annex("A. Evidence", evidence(model, column)),
    ...annex("B. Comments", comments(model)),
    ...annex(
      "C. Sign-off",
      model.signOffs.length === 0 ? [empty(undecidedWords(model.kind))] : model.signOffs.flatMap(signOff),
    ),
    ...annex("D. People and history", history(model, column)),
    ...(model.kind === "ccw" ? annex("E. Criteria of Appendix B", criteria(model, column)) : []),
    ...(model.kind === "ccw" ? annex("F. Rigour report", rigour(model)) : []),
  ];
}

function empty(text: string): Xml {
  return line(text, {}, { italic: true, colour: INK.muted });
}

/** A table with a head, and the paragraph that Word wants behind it. */
function listTable(
  width: number,
  columns: readonly (readonly [string, number])[],
  rows: readonly (readonly (string | DocxCell)[])[],
): readonly Xml[] {
  return [
    table({
      widths: columns.map(([, share]) => Math.floor(share * width)),
      heads: 1,
      rules: "rows",
      rows: [
        columns.map(([name]) => textCell(name, { tinted: true, bold: true })),
        ...rows.map((row) => row.map((cell) => (typeof cell === "string" ? textCell(cell) : cell))),
      ],
    }),
    line("", { style: "Small" }),
  ];
}

function evidence(model: WorksheetPdfModel, { draft, width }: Column): readonly Xml[] {
  if (model.evidence.length === 0) return [empty("No evidence has been attached.")];
  const names = itemLabels(model.sections);
  const sorted = textPartsOf(model.kind, model.header.standardVersion).flatMap((key) =>
    model.evidence.filter((one) => one.section === key),
  );
  const columns = [
    ["Evidence", 0.4],
    ["Shows", 0.23],
    ["Belongs to", 0.15],
    ["Collected, valid until", 0.22],
  ] as const;
  return listTable(
    width,
    columns,
    sorted.map((one) => {
      const url = safeLink(one.url);
      const address = url ? draft.link(url, run(one.url, { style: "Hyperlink" })) : run(one.url);
      const item = one.itemId ? (names.get(one.itemId) ?? "an item no longer listed") : "";
      const named: DocxCell = {
        blocks: [
          line(one.title, { style: "Small" }, { bold: true }),
          ...(one.url === "" ? [] : [paragraph({ style: "Small" }, address)]),
          ...(one.files ?? []).map(({ name, size, sha256 }) =>
            line(`${name}, ${sizeWords(size)}, SHA-256 ${sha256}`, { style: "Small" }),
          ),
        ],
      };
      return [
        named,
        one.shows,
        [PART_LABELS[one.section], item].filter(Boolean).join(", "),
        `${dayInWords(one.collectedOn)}\n${one.validUntil ? `until ${dayInWords(one.validUntil)}` : "no end set"}`,
      ];
    }),
  );
}

/** The comments themselves stand in the margin. */
function comments({ threads }: WorksheetPdfModel): readonly Xml[] {
  if (threads.length === 0) return [empty("There are no comments.")];
  const open = threads.filter(({ resolved }) => !resolved).length;
  const many = threads.length === 1 ? "1 thread" : `${threads.length} threads`;
  return [line(`${many} of comments in the margin, ${open} of them open.`)];
}

function signOff(one: SignOffModel): readonly Xml[] {
  const facts = [
    { term: "By", text: [one.signerName, one.signerRole, one.firmName].filter(Boolean).join(", ") },
    { term: "When", text: instantInWords(one.at) },
    { term: "Where", text: one.elsewhere ? ELSEWHERE : "" },
    { term: "Statement", text: `${one.statementText}\n(statement version ${one.statementVersion})` },
    { term: "Reason", text: one.reason },
    { term: "SHA-256", text: one.digest },
  ];
  return [
    line(`${DECISION_WORDS[one.kind]}: revision ${one.revision}`, { style: "Heading3" }),
    ...facts.filter(({ text }) => text.trim() !== "").map(factLine),
  ];
}

function history({ people, revisions, transitions }: WorksheetPdfModel, { width }: Column): readonly Xml[] {
  if (people.length + revisions.length + transitions.length === 0) return [empty("Nothing has happened yet.")];
  const listed = (columns: readonly (readonly [string, number])[], rows: readonly (readonly string[])[]) =>
    rows.length === 0 ? [] : listTable(width, columns, rows);
  return [
    ...listed(
      [
        ["Person", 0.34],
        ["Part", 0.33],
        ["Firm", 0.33],
      ],
      people.map(({ name, role, firm }) => [name, role, firm]),
    ),
    ...listed(
      [
        ["Revision", 0.12],
        ["Submitted", 0.34],
        ["SHA-256 of its content", 0.54],
      ],
      revisions.map((one) => [
        String(one.number),
        `${one.submittedBy}\n${instantInWords(one.submittedAt)}`,
        one.digest,
      ]),
    ),
    ...listed(
      [
        ["When", 0.25],
        ["What", 0.24],
        ["By", 0.17],
        ["Rev.", 0.07],
        ["Reason", 0.27],
      ],
      transitions.map((one) => [
        instantInWords(one.at),
        `${MOVE_DONE_LABELS[one.move]}\n${STATE_LABELS[one.from]} → ${STATE_LABELS[one.to]}`,
        one.by,
        String(one.revision),
        one.reason,
      ]),
    ),
  ];
}

function criteria(model: WorksheetPdfModel, { draft }: Column): readonly Xml[] {
  const threads = model.threads.filter(({ section }) => section === "criteria");
  const known = new Set<string>(model.criteria.map(({ id }) => CRITERION_TITLES[id]));
  return model.criteria.flatMap((criterion, index) => {
    const title = CRITERION_TITLES[criterion.id];
    // What is about none of them in particular stands with the first.
    const own = threads.filter(({ itemLabel }) => itemLabel === title || (index === 0 && !known.has(itemLabel)));
    const heading = [run(`${criterion.number}. ${title}`)];
    return [
      paragraph({ style: "Heading3" }, draft.commented(own, heading, model.revision)),
      ...criterionFacts(criterion).map(factLine),
    ];
  });
}

function criterionFacts({ answer, decision }: CriterionModel) {
  const decided = decision
    ? `${OUTCOME_LABELS[decision.outcome]} (${decision.by}, ${instantInWords(decision.at)})`
    : "Not decided.";
  return [
    { term: "Answer", text: answer?.trim() ? answer : "Not answered." },
    { term: "Decision", text: decided },
    ...(decision?.note ? [{ term: "Note", text: decision.note }] : []),
  ];
}

function rigour({ rigour: { gate, thresholds, rules, recorded } }: WorksheetPdfModel): readonly Xml[] {
  const spoken = rules.filter(
    ({ kind, findings }) => kind === "findings" || kind === "not_evaluated" || findings.length > 0,
  );
  const small = (text: string) => line(text, { style: "Small" });
  return [
    line(GATE_TITLE, { style: "Heading3" }),
    ...(gate ? gate.map(factLine) : [small("The questions were not asked of this text.")]),
    line("Rules", { style: "Heading3" }),
    small(recorded ? tallyOfRules(rules) : "What came of the rules was not recorded when this text was frozen."),
    ...thresholds.map(small),
    ...spoken.flatMap(ruleBlocks),
    ...rules
      .filter((one) => !spoken.includes(one))
      .map(({ rule, title, kind }) => small(`${rule}  ${title}: ${OUTCOME_WORDS[kind].toLowerCase()}.`)),
  ];
}

function ruleBlocks({ rule, title, kind, detail, findings }: RuleReport): readonly Xml[] {
  return [
    line(`${rule}  ${title}`, { style: "Small", before: 80, keepWithNext: true }, { bold: true }),
    ...(detail === "" ? [] : [factLine({ term: OUTCOME_WORDS[kind], text: detail })]),
    ...findings.flatMap(({ severity, section, message, reason }) => [
      factLine({
        term: SEVERITY_WORDS[severity],
        text: section ? `${PART_LABELS[section]}: ${message}` : message,
      }),
      ...(reason === null ? [] : [factLine({ term: "Reason", text: reason })]),
    ]),
  ];
}
