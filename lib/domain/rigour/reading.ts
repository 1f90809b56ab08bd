import type { Place } from "@/lib/domain/rigour/finding";
import type { RigourSubject } from "@/lib/domain/rigour/subject";
import { languageOf, readsAsEnglish } from "@/lib/domain/rigour/words/language";
import { type Sentence, sentencesIn } from "@/lib/domain/rigour/words/sentences";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { takeApart } from "@/lib/domain/worksheet/section-shape";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** A text of the worksheet with the place where it stands; `place` has no range. */
export interface Piece {
  readonly place: Place;
  readonly text: string;
}

/** What a rule that understands English may read, and where it may not. */
export interface Reading {
  readonly sentences: readonly (Sentence & { readonly place: Place })[];
  readonly unread: readonly Place[];
}

// While one types, most narratives stay the objects they were, so what was worked out for them still holds.
const texts = new WeakMap<Narrative, string>();
const sentences = new WeakMap<Narrative, readonly Line[]>();
const whole = new WeakMap<WorksheetSections, boolean>();

/** The plain text of a narrative, worked out once for each. */
export function textOf(narrative: Narrative): string {
  const known = texts.get(narrative);
  if (known !== undefined) return known;
  const text = narrativeText(narrative);
  texts.set(narrative, text);
  return text;
}

/** The narrative of a section. */
export function narrativePiece(sections: WorksheetSections, section: SectionKey): Piece {
  return { place: { section }, text: textOf(sections[section].narrative) };
}

/** Fields of the items of a section that hold something. */
export function itemPieces(
  sections: WorksheetSections,
  section: SectionKey,
  fields: readonly string[],
): readonly Piece[] {
  return takeApart(section, sections[section]).items.flatMap((item) =>
    fields.flatMap((field): Piece[] => {
      const value = (item as unknown as Readonly<Record<string, unknown>>)[field];
      return typeof value === "string" && value.trim() !== ""
        ? [{ place: { section, itemId: item.id, field }, text: value }]
        : [];
    }),
  );
}

/** Reads pieces as English: sentence by sentence, less the lines that are in another language. */
export function readEnglish(subject: RigourSubject, pieces: readonly Piece[]): Reading {
  const filled = pieces.filter(({ text }) => text.trim() !== "");
  const { language } = subject.facts;
  // A language that was stated is believed; without one each line tells, and else the whole worksheet.
  const told = language === null ? null : /^en(-|$)/i.test(language);
  const isRead = (line: Line) =>
    told ?? (line.language === "english" || (line.language === "unclear" && isEnglish(subject)));
  const lines = filled.flatMap(({ place, text }) => linesOf(subject, place, text).map((line) => ({ line, place })));
  return {
    sentences: lines
      .filter(({ line }) => isRead(line))
      .flatMap(({ line, place }) => line.sentences.map((one) => ({ ...one, place }))),
    unread: [
      ...new Set(lines.filter(({ line }) => line.sentences.length > 0 && !isRead(line)).map(({ place }) => place)),
    ],
  };
}

interface Line {
  readonly language: ReturnType<typeof languageOf>;
  readonly sentences: readonly Sentence[];
}

function linesOf(subject: RigourSubject, place: Place, text: string): readonly Line[] {
  const narrative =
    place.section !== null && place.field === undefined ? subject.sections[place.section].narrative : null;
  const known = narrative && sentences.get(narrative);
  if (known) return known;
  const lines = cut(text);
  if (narrative) sentences.set(narrative, lines);
  return lines;
}

function cut(text: string): readonly Line[] {
  let at = 0;
  return text.split("\n").map((line) => {
    const from = at;
    at += line.length + 1;
    const found = sentencesIn(line).map((one) => ({ text: one.text, at: from + one.at }));
    return { language: languageOf(line), sentences: found };
  });
}

/** Whether the worksheet as a whole reads as English; what a line by itself does not tell is taken from here. */
function isEnglish(subject: RigourSubject): boolean {
  const known = whole.get(subject.sections);
  if (known !== undefined) return known;
  const all = SECTION_KEYS.flatMap((section) => [
    textOf(subject.sections[section].narrative),
    ...takeApart(section, subject.sections[section]).items.flatMap((item) =>
      Object.entries(item)
        .filter(([field, value]) => typeof value === "string" && !NO_PROSE.includes(field))
        .map(([, value]) => String(value)),
    ),
  ]);
  const english = readsAsEnglish(all.join("\n"));
  whole.set(subject.sections, english);
  return english;
}

const NO_PROSE = [
  "id",
  "label",
  "kind",
  "origin",
  "nature",
  "outcome",
  "likelihood",
  "impact",
  "testedOn",
  "changedOn",
];
