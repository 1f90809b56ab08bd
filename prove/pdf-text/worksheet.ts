import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { doc, para, text } from "@/test/fixtures/narrative";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import type { Random } from "../support/random";

/** The scripts whose letters the fonts have. */
export const SCRIPTS = ["Latin", "Vietnamese", "Greek", "Cyrillic", "Hebrew"] as const;
/** One of them. */
export type Script = (typeof SCRIPTS)[number];

/** A worksheet of generated text, and its texts, each between two marks by which it is found again. */
export interface ScriptWorksheet {
  readonly script: Script;
  readonly model: WorksheetPdfModel;
  readonly texts: readonly string[];
}

function letters(ranges: readonly (readonly [number, number])[], kind: RegExp): readonly string[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).filter((one) =>
      kind.test(one),
    ),
  );
}

const ASCII = letters([[0x41, 0x7a]], /\p{L}/u);
/** All letters with marks that European languages write: Latin-1 Supplement, Latin Extended-A, Romanian's comma below. */
const EUROPEAN = [
  ...letters(
    [
      [0xc0, 0x17e],
      [0x218, 0x21b],
    ],
    /\p{L}/u,
  ),
  "ẞ",
];
const ALPHABETS: Readonly<Record<Script, readonly string[]>> = {
  Latin: [...ASCII, ...EUROPEAN, ...EUROPEAN],
  Vietnamese: [...ASCII, ...letters([[0x1ea0, 0x1ef9]], /\p{L}/u), ..."ăâđêôơưĂÂĐÊÔƠƯ"],
  Greek: letters(
    [
      [0x386, 0x3ce],
      [0x391, 0x3c9],
    ],
    /\p{L}/u,
  ),
  Cyrillic: letters([[0x400, 0x45f]], /\p{L}/u),
  Hebrew: letters([[0x5d0, 0x5ea]], /\p{L}/u),
};

/** A worksheet in one script: in every kind of place text of that script, composed or decomposed, among numbers and signs. */
export function scriptWorksheet(random: Random): ScriptWorksheet {
  const script = random.pick(SCRIPTS);
  const alphabet = ALPHABETS[script];
  const texts: string[] = [];
  const word = (): string => {
    if (random.int(12) === 0)
      return random.pick(["2026-11-24", "10.12.0.0/24", "“AWS”", "8.3.4", "50 %", "≤", "→", "✓"]);
    const own = Array.from({ length: 1 + random.int(11) }, () => random.pick(alphabet)).join("");
    return random.int(8) === 0 ? own.normalize("NFD") : own;
  };
  const take = (words: number): string => {
    const body = Array.from({ length: 1 + random.int(words) }, word).join(" ");
    const marked = `Q${texts.length}q ${body} z${texts.length}Z`;
    texts.push(marked);
    return marked;
  };
  const base = worksheetModel(random.pick(["4.0.1", "3.2.1"] as const), random.int(2) === 0, sections(take));
  const [thread] = base.threads;
  const [file, other] = base.evidence;
  if (!thread || !file || !other) throw new Error("The worksheet of the tests has changed.");
  const model: WorksheetPdfModel = {
    ...base,
    header: { ...base.header, requirementTitle: take(8), entityName: take(3) },
    scope: take(8),
    evidence: [
      { ...file, title: take(5), shows: take(6) },
      { ...other, title: take(5), shows: take(6) },
    ],
    threads: [{ ...thread, comments: thread.comments.map((one) => ({ ...one, author: take(3), body: take(60) })) }],
    people: base.people.map((one) => ({ ...one, name: take(3), firm: take(3) })),
    transitions: base.transitions.map((one) => ({ ...one, reason: take(6) })),
  };
  return { script, model, texts };
}

function sections(take: (words: number) => string): typeof SAMPLE_SECTIONS {
  const [control, ...controls] = SAMPLE_SECTIONS.definition.items.controls;
  const [risk, ...risks] = SAMPLE_SECTIONS.identifiedRisk.items.risks;
  if (!control || !risk) throw new Error("The sections of the tests have changed.");
  const item = (value: string) => ({ type: "listItem", content: [para(value)] }) as const;
  const cell = (value: string) => ({ type: "tableCell", content: [para(value)] }) as const;
  return {
    ...SAMPLE_SECTIONS,
    constraints: {
      ...SAMPLE_SECTIONS.constraints,
      narrative: doc(
        para(take(120)),
        para(text(take(10), { type: "bold" }), " ", text(take(10), { type: "italic" })),
        para(take(60)),
      ),
    },
    definition: {
      narrative: doc(
        { type: "bulletList", content: [item(take(30)), item(take(30))] },
        { type: "codeBlock", content: [{ type: "text", text: take(20) }] },
        { type: "table", content: [{ type: "tableRow", content: [cell(take(10)), cell(take(10))] }] },
      ),
      items: { controls: [{ ...control, title: take(6), description: take(50), owner: take(3) }, ...controls] },
    },
    identifiedRisk: {
      ...SAMPLE_SECTIONS.identifiedRisk,
      items: { risks: [{ ...risk, threat: take(12), residual: take(8) }, ...risks] },
    },
  };
}
