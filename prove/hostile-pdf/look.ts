import bidiFactory from "bidi-js";
import { runTool } from "@/test/tools";
import { BACKWARDS, readsBackwards } from "./reads-backwards";

const bidi = bidiFactory();

/** What makes a reader of PDFs do something, or carries something along: no key and no name of it may be in a file. */
const ACTIVE = new Set(
  (
    "/JS /JavaScript /Launch /OpenAction /AA /EmbeddedFile /EmbeddedFiles /EF /RichMedia /XFA /SubmitForm /ImportData " +
    "/ResetForm /GoToR /GoToE /Movie /Sound /Rendition /Thread /Hide /Named /FileAttachment /Screen /3D"
  ).split(" "),
);
const ALLOWED_ADDRESS = /^(?:https?|mailto):/;

/** What is active in a PDF, by its objects as qpdf reads them; empty when nothing is. */
export function activeContent(file: string): readonly string[] {
  const json = runTool("qpdf", ["--json=2", "--json-stream-data=none", "--json-key=qpdf", file]);
  const found = new Set<string>();
  // The parser hands over every member of every object once.
  JSON.parse(json, (key, value: unknown) => {
    if (ACTIVE.has(key)) found.add(key);
    if (typeof value === "string" && ACTIVE.has(value)) found.add(value);
    if (key === "/URI" && !isAllowed(value)) found.add(`/URI ${JSON.stringify(value)}`);
    return value;
  });
  return [...found];
}

/** The name `/URI` as a value says what an action does; its address is a string, `u:` text or `b:` hexadecimal. */
function isAllowed(address: unknown): boolean {
  if (typeof address !== "string") return false;
  const text = address.startsWith("b:") ? Buffer.from(address.slice(2), "hex").toString("latin1") : address.slice(2);
  return /^[ub]:/.test(address) && ALLOWED_ADDRESS.test(text);
}

/** What stands between heads and feet of A4 pages, in the order in which it is drawn. */
export interface Drawn {
  readonly words: readonly string[];
  /** As it was extracted, with the signs of direction that poppler adds. */
  readonly lines: string;
}

/** Extracts the text of a PDF. */
export function drawnText(file: string): Drawn {
  const area = ["-x", "0", "-y", "58", "-W", "596", "-H", "728"];
  const lines = comparable(runTool("pdftotext", ["-enc", "UTF-8", "-raw", ...area, file, "-"]));
  return { lines, words: lines.replace(DIRECTIONS, "").split(GAP).filter(Boolean) };
}

/** What poppler adds to say that something goes from right to left. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu;

/** Blanks and ends of lines, as text has them, and with ends of pages as they are extracted. */
const BLANK = /[\p{Zs}\t\n\r\u2028\u2029]/u;
const GAP = /[\p{Zs}\t\n\r\f\u2028\u2029]+/u;
/** So many words of other cells, heads of tables and the like may stand between two of a text. */
const MOST_BETWEEN = 400;

/**
 * The one normalisation that the proof allows: canonical composition (NFC), as the renderer draws it, and the pairs of characters that share a
 * glyph in our fonts, where a reader sees the same and extraction gives the commoner one.
 */
function comparable(text: string): string {
  return text.normalize("NFC").replace(/[\u00B5\u03D5\u2206\u2126\u2010\u2011]/g, (one) => SAME_GLYPH[one] ?? one);
}

const SAME_GLYPH: Readonly<Record<string, string>> = {
  "\u00B5": "\u03BC",
  "\u03D5": "\u03C6",
  "\u2206": "\u0394",
  "\u2126": "\u03A9",
  "\u2010": "-",
  "\u2011": "-",
};

/** A character as it is drawn: as itself, or as its mark. */
interface Wanted {
  readonly as: string;
  readonly mark: string;
}

/**
 * Whether a text that in part goes from right to left stands among the words between its marks: each of its characters
 * as often as it has them, as itself, as its mark, or as the one that it looks like from the other side; and its words of
 * Hebrew as somebody reads them.
 */
function isDrawnBackwards(text: string, { words, lines }: Drawn): boolean {
  const [begin, end] = [text.slice(0, text.indexOf(" ")), text.slice(text.lastIndexOf(" ") + 1)];
  const from = words.findIndex((word) => word.includes(begin));
  const to = words.findIndex((word, index) => index >= from && word.includes(end));
  if (from < 0 || to < 0) return false;
  let left = words.slice(from, to + 1).join("");
  for (const { as, mark } of wantedOf(text)) {
    const found = [mark, as, bidi.getMirroredCharacter(as) ?? as].find((one) => left.includes(one));
    if (found === undefined) return false;
    left = left.replace(found, "");
  }
  return readsBackwards(text, lines);
}

/**
 * Whether a text stands among the words, from the mark that it begins with: each of its characters but blanks, in their
 * order, as itself or as `[U+…]`. A word is taken as a whole or not at all; words of the column beside may stand between.
 */
export function isDrawn(text: string, drawn: Drawn): boolean {
  if (BACKWARDS.test(text)) return isDrawnBackwards(text, drawn);
  const { words } = drawn;
  const begin = text.slice(0, text.indexOf(" "));
  const wanted = wantedOf(text);
  return words.some((word, at) => {
    const offset = word.indexOf(begin);
    const taken = offset < 0 ? null : takeWord(word.slice(offset), wanted, 0);
    return taken !== null && goesOn(words, at, wanted, taken);
  });
}

function wantedOf(text: string): readonly Wanted[] {
  return [...text.toWellFormed().normalize("NFC")]
    .filter((character) => !BLANK.test(character))
    .map((character) => ({ as: comparable(character), mark: markOf(character) }));
}

function markOf(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** @returns what is wanted after the word, or null when it is not of this text */
function takeWord(word: string, wanted: readonly Wanted[], from: number): number | null {
  let next = from;
  for (let at = 0; at < word.length; next += 1) {
    const one = wanted[next];
    // What comes behind the text in the same word is somebody else's.
    if (!one) return next;
    const found = word.startsWith(one.as, at) ? one.as : word.startsWith(one.mark, at) ? one.mark : null;
    if (found === null) return null;
    at += found.length;
  }
  return next;
}

/** Looks for the next words of the text, the nearest first, and takes other ones when those lead nowhere. */
function goesOn(words: readonly string[], at: number, wanted: readonly Wanted[], taken: number): boolean {
  const ways: { at: number; taken: number; tried: number }[] = [{ at, taken, tried: at }];
  const seen = new Set<string>();
  for (let way = ways.at(-1); way; way = ways.at(-1)) {
    if (way.taken === wanted.length) return true;
    way.tried += 1;
    const word = way.tried - way.at > MOST_BETWEEN ? undefined : words[way.tried];
    if (word === undefined) {
      ways.pop();
      continue;
    }
    const more = takeWord(word, wanted, way.taken);
    const place = `${way.tried}/${more}`;
    if (more === null || seen.has(place)) continue;
    seen.add(place);
    ways.push({ at: way.tried, taken: more, tried: way.tried });
  }
  return false;
}
