import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { byLine, entryTitle, type PackEntry, packEntry, statusLine } from "./workload";

/** What was found in a pack that an engine wrote. */
export interface ReadBack {
  readonly pages: number;
  readonly bytes: number;
  /** Why the file is not the pack; undefined when it is. */
  readonly fault: string | undefined;
}

/** How often an entry's number stands in the pack at least: in the contents, on its title and in each of its events. */
const LEAST_MARKS = 10;
/** So many letters of each text are looked for: few enough to stand on one line, whatever the engine. */
const LOOKED_FOR = 20;
const MOST_OUTPUT = 1_000_000_000;

/**
 * Reads a pack by poppler: every entry has to stand in contents, pages and appendix, and the beginning of each of its
 * texts in its pages. @throws Error when poppler is not installed
 */
export function readBack(path: string, entries: number): ReadBack {
  const pages = Number(/^Pages:\s+(\d+)/m.exec(ask("pdfinfo", [path]))?.[1] ?? 0);
  const text = ask("pdftotext", ["-raw", path, "-"]);
  return { pages, bytes: statSync(path).size, fault: faultOf(text, entries) };
}

function faultOf(text: string, entries: number): string | undefined {
  const marks = new Map<string, number>();
  for (const [mark] of text.matchAll(/CCW-\d{5}/g)) marks.set(mark, (marks.get(mark) ?? 0) + 1);
  const letters = lettersOf(text);
  let from = 0;
  for (let index = 0; index < entries; index += 1) {
    const entry = packEntry(index);
    const count = marks.get(entry.id) ?? 0;
    if (count < LEAST_MARKS) return `${entry.id} is there ${count} times, not ${LEAST_MARKS}`;
    from = letters.indexOf(lettersOf(`${entryTitle(entry)}${statusLine(entry)}`), from);
    const missing = from < 0 ? entry.title : textsOf(entry).find((one) => !letters.includes(beginning(one), from));
    if (missing !== undefined) return `${entry.id} lacks "${missing.slice(0, 40)}"`;
  }
  return undefined;
}

function textsOf(entry: PackEntry): readonly string[] {
  return [
    ...entry.sections.flatMap(({ title, paragraphs }) => [title, ...paragraphs]),
    ...entry.evidence.map(({ sha256 }) => sha256),
    ...entry.comments.flatMap((one) => [byLine(one), one.text]),
    ...entry.signOffs.map(({ digest }) => digest),
    ...entry.events.map(({ hash }) => hash.slice(0, 40)),
  ];
}

const beginning = (text: string) => lettersOf(text).slice(0, LOOKED_FOR);

/** Letters and digits alone: engines break lines, and draw ligatures, in different places. */
function lettersOf(text: string): string {
  return text.normalize("NFKC").replace(/[^\p{Letter}\p{Number}]+/gu, "");
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
