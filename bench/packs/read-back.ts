import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { byLine, evidenceCells, type PackEntry, packEntry, signOffCells } from "./workload";

/** What was found in a pack that an engine wrote. */
export interface ReadBack {
  readonly pages: number;
  readonly bytes: number;
  /** Why the file is not the pack; undefined when it is. */
  readonly fault: string | undefined;
}

/** How often an entry's number stands in the pack at least: in the contents, on its title and in each of its events. */
const LEAST_MARKS = 10;
/** So much of the text is found again at least; engines break digests and words in different ways. */
const LEAST_TEXT = 0.97;
const MOST_OUTPUT = 1_000_000_000;

/**
 * Reads a pack by poppler: every entry has to stand in contents, pages and appendix, and nearly all letters of the texts
 * have to be there. @throws Error when poppler is not installed
 */
export function readBack(path: string, entries: number): ReadBack {
  const pages = Number(/^Pages:\s+(\d+)/m.exec(ask("pdfinfo", [path]))?.[1] ?? 0);
  const text = ask("pdftotext", ["-raw", path, "-"]);
  return { pages, bytes: statSync(path).size, fault: faultOf(text, entries) };
}

function faultOf(text: string, entries: number): string | undefined {
  const marks = new Map<string, number>();
  for (const [mark] of text.matchAll(/CCW-\d{5}/g)) marks.set(mark, (marks.get(mark) ?? 0) + 1);
  let letters = 0;
  for (let index = 0; index < entries; index += 1) {
    const entry = packEntry(index);
    if ((marks.get(entry.id) ?? 0) < LEAST_MARKS) return `${entry.id} is missing`;
    letters += lettersOf(entry);
  }
  const found = countLetters(text);
  return found < letters * LEAST_TEXT ? `only ${found} of ${letters} letters` : undefined;
}

function lettersOf(entry: PackEntry): number {
  const texts = [
    entry.title,
    ...entry.sections.flatMap(({ title, paragraphs }) => [title, ...paragraphs]),
    ...evidenceCells(entry).flat(),
    ...entry.comments.flatMap((one) => [byLine(one), one.text]),
    ...signOffCells(entry).flat(),
    ...entry.events.map(({ hash }) => hash.slice(0, 40)),
  ];
  return texts.reduce((sum, text) => sum + countLetters(text), 0);
}

function countLetters(text: string): number {
  return text.replace(/[^\p{Letter}\p{Number}]+/gu, "").length;
}

function ask(program: string, args: readonly string[]): string {
  const { error, stdout } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: MOST_OUTPUT,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (error) throw new Error(`${program} does not run: install poppler's programs (on Debian: poppler-utils).`);
  return stdout;
}
