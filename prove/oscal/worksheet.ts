import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import type { OscalBook, OscalWorksheet } from "@/lib/domain/oscal/book";
import { CRITERION_OUTCOMES } from "@/lib/domain/workflow/criteria-gate";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { WORKSHEET_MOVES, WORKSHEET_STATES } from "@/lib/domain/workflow/states";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import {
  CONSTRAINT_TYPES,
  CONTROL_NATURES,
  CONTROL_ORIGINS,
  type EvidenceLink,
  type RevisionContent,
  RISK_LEVELS,
  SCOPE_ITEM_KINDS,
  TEST_OUTCOMES,
  type WorksheetSections,
} from "@/lib/domain/worksheet/model";
import type { BlockNode, InlineNode, Mark, Narrative } from "@/lib/domain/worksheet/narrative";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { seal } from "@/lib/services/worksheet/seal";
import { hostileTexts } from "../hostile-pdf/texts";
import type { Random } from "../support/random";

/** A worksheet's text as somebody hostile or in a hurry would leave it: anything that a field lets in. */
export class Author {
  readonly #random: Random;
  readonly #hostile: () => string;

  constructor(random: Random) {
    this.#random = random;
    this.#hostile = hostileTexts(random);
  }

  /** Text of any length up to the most, and quite often none. */
  text(most: number): string {
    if (this.#random.int(4) === 0) return "";
    const plain = this.#random.pick(PLAIN);
    const whole = this.#random.int(2) === 0 ? plain : this.#hostile();
    // What no field lets in: NUL, and half characters.
    return whole.replaceAll("\u0000", "").slice(0, most).toWellFormed();
  }

  some(most: number): string {
    return this.text(most).trim() || "x";
  }

  id(): string {
    const hex = Array.from({ length: 32 }, () => this.#random.int(16).toString(16)).join("");
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-7$3-8$4-$5").slice(0, 36);
  }

  sha256(): string {
    return Array.from({ length: 64 }, () => this.#random.int(16).toString(16)).join("");
  }

  pick<T>(from: readonly T[]): T {
    return this.#random.pick(from);
  }

  flag(): boolean {
    return this.#random.int(2) === 0;
  }

  list<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.#random.int(most + 1) }, (_, index) => make(index));
  }

  day(): string {
    return this.#random.pick(["1990-01-01", "2024-02-29", "2026-09-14", "2027-12-31", "2200-12-31"]);
  }

  instant(): string {
    return `2026-0${1 + this.#random.int(9)}-1${this.#random.int(10)}T0${this.#random.int(10)}:30:15.${100 + this.#random.int(900)}Z`;
  }
}

const PLAIN = [
  "Two people unlock the key.",
  "1. First\n2) Second\n- third\n# no heading",
  "  blanks at both ends  ",
  "\\ a backslash \\n and \\* a star",
  "*Not written yet.*",
  "**C1**\n\nlooks like a heading",
  'json: {"a": [1]}',
];

const ADDRESSES = [
  "",
  "https://evidence.example/iam/policy.json?account=1&b=[2]#top#again",
  'https://[2001:db8::1]:8443/a|b^c`d"e<f>',
  "http://evidence.example/ä?ö=ü%zz%41",
  "https://evidence.example/\u202Efdp \u{1F600}",
];

/** A worksheet with everything that one may have; the same of the same author. */
export function anyWorksheet(author: Author): OscalWorksheet {
  const version = author.pick(STANDARD_VERSIONS);
  const sections = anySections(author);
  const content: RevisionContent = {
    schema: "countervail.revision.v1",
    worksheetId: author.id(),
    revision: 1 + author.list(5, () => 0).length,
    header: {
      standardVersion: version,
      requirementNumber: author.pick(["8.3.4", "A2.1.1", "3.6.1.2", "10.3.4"]),
      requirementTitle: author.text(300),
      entityName: author.text(200),
      engagementName: author.text(200),
    },
    catalogueVersion: "2026-11-24",
    sections,
    evidence: author.list(4, () => anyEvidence(author)),
    ...(author.flag() && {
      eligibility: {
        missedActivity: author.pick([true, false, null]),
        storedSad: false,
        legalBar: null,
        switchable: author.flag(),
        whyNotSwitchedOn: author.text(500),
      },
    }),
    ...(author.flag() && {
      warningReasons: author.list(3, () => ({
        key: `L18:${author.id()}`,
        rule: "L18",
        section: author.pick([null, ...SECTION_KEYS]),
        message: author.text(300),
        reason: author.text(500),
      })),
    }),
    ...(author.flag() && { thresholds: { sectionLength: 120, likeness: 0.7 } }),
    ...(author.flag() && {
      criteria: criteriaOf(version).map(({ id, number }) => ({ id, number, answer: author.text(500) })),
    }),
  };
  return { content, digest: seal(content).digest, ...anyStanding(author) };
}

function anyStanding(author: Author): Omit<OscalWorksheet, "content" | "digest"> {
  return {
    frozen: author.flag(),
    state: author.pick(WORKSHEET_STATES),
    validity: author.pick([null, { status: "valid", reason: author.text(200) }, { status: "broken", reason: "" }]),
    signOffs: author.list(3, () => ({
      kind: author.pick(["signed", "refused", "revoked"] as const),
      revision: 1,
      digest: author.sha256(),
      statementVersion: "2026-1",
      statementText: author.text(800),
      reason: author.text(500),
      signerName: author.text(100),
      signerRole: author.text(100),
      firmName: author.text(100),
      at: author.instant(),
    })),
    transitions: author.list(5, () => ({
      move: author.pick(WORKSHEET_MOVES),
      from: author.pick(WORKSHEET_STATES),
      to: author.pick(WORKSHEET_STATES),
      revision: 1,
      by: author.text(100),
      at: author.instant(),
      reason: author.text(300),
    })),
    decisions: author.list(3, () => ({
      criterion: author.pick(criteriaOf("4.0.1")).id,
      outcome: author.pick(CRITERION_OUTCOMES),
      note: author.text(300),
      by: author.text(100),
      at: author.instant(),
    })),
  };
}

function anySections(author: Author): WorksheetSections {
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

function anyEvidence(author: Author): EvidenceLink {
  return {
    id: author.id(),
    section: author.pick(SECTION_KEYS),
    itemId: author.pick([null, author.id()]),
    title: author.some(300),
    url: author.pick(ADDRESSES),
    shows: author.text(500),
    collectedOn: "2026-09-14",
    validUntil: author.pick([null, author.day()]),
    ...(author.flag() && {
      files: author.list(3, () => ({
        name: author.text(200),
        size: 12_345,
        type: "application/json",
        sha256: author.sha256(),
      })),
    }),
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

/** A book of some worksheets, and of a row of each disposition. */
export function anyBook(author: Author, worksheets: readonly OscalWorksheet[]): OscalBook {
  return {
    engagement: {
      id: author.id(),
      name: author.text(200),
      entityName: author.some(200),
      assessorName: author.text(200),
      standardVersion: "4.0.1",
    },
    at: author.instant(),
    url: "https://countervail.example",
    worksheets,
    rows: DISPOSITIONS.map((disposition, index) => ({
      requirementNumber: `1.2.${index + 1}`,
      requirementTitle: author.text(300),
      disposition,
      note: author.text(500),
      owner: author.text(100),
      dueOn: author.pick([null, author.day()]),
    })),
  };
}
