import type { FileHandle } from "node:fs/promises";
import { findCardNumbers } from "@/lib/domain/evidence/card-numbers";
import type { FileKindName } from "@/lib/domain/evidence/file-kinds";
import { type FileRefusal, refuseContent, refuseFile } from "@/lib/domain/evidence/file-rules";
import { ok, type Result } from "@/lib/domain/result";

/** Where something that looks like a card number stands in a text. */
export interface CardNumberPlace {
  /** Counted from 1. */
  readonly line: number;
  readonly lastFour: string;
}

/** More places than this say no more than these. */
const MOST_PLACES = 20;
/** A line that never ends is looked at in pieces, which overlap by more than the longest number. */
const PIECE = 64 * 1024;
const OVERLAP = 64;
/** What no text holds: control characters, but for those that lay it out. */
const CONTROLS = /(?![\t\n\f\r])\p{Cc}/u;
/** Logs colour with it. */
const ESCAPE = "\u001b";
const WEB_PAGE =
  /^\s*(<!--[\s\S]*?-->\s*)?<(!doctype\s+html|html|head|body|script|iframe|svg|math|\?xml[^>]*>\s*<svg)\b/i;
const JSON_START = /^\s*[[{"\-\dtfn]/;

/** Reads a text through, never more than a piece at a time: that it is one, and where it seems to hold card numbers. */
export async function readText(
  file: FileHandle,
  kind: FileKindName,
): Promise<Result<readonly CardNumberPlace[], FileRefusal>> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const places: CardNumberPlace[] = [];
  let rest = "";
  let line = 1;
  let begun = false;
  const source = file.createReadStream({ start: 0, autoClose: false, highWaterMark: PIECE });
  try {
    for await (const chunk of source) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (CONTROLS.test(text.replaceAll(ESCAPE, ""))) return notText();
      if (!begun && text.trim() !== "") {
        const wrong = wrongStart(text, kind);
        if (wrong) return wrong;
        begun = true;
      }
      const piece = rest + text;
      const cut = cutOf(piece);
      note(piece.slice(0, cut), line, places);
      line += newlines(piece.slice(0, cut));
      rest = piece.slice(cut);
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) return notText();
    throw error;
  } finally {
    source.destroy();
  }
  note(rest, line, places);
  return begun ? ok(places) : refuseFile("empty", "The file holds nothing but white space.");
}

function wrongStart(text: string, kind: FileKindName) {
  if (WEB_PAGE.test(text)) {
    return refuseFile(
      "web_page",
      "The file is a web page or a drawing that a browser would run. Print it to a PDF instead.",
    );
  }
  if (kind === "json" && !JSON_START.test(text)) return refuseContent("json", null);
  return null;
}

/** Where the part ends that can be looked at by itself: behind the last line, or in a line without end. */
function cutOf(piece: string): number {
  const end = piece.lastIndexOf("\n") + 1;
  if (end > 0) return end;
  return piece.length > 2 * PIECE ? piece.length - OVERLAP : 0;
}

function note(text: string, firstLine: number, places: CardNumberPlace[]): void {
  if (places.length >= MOST_PLACES || text === "") return;
  for (const { from, lastFour } of findCardNumbers(text)) {
    if (places.length >= MOST_PLACES) return;
    places.push({ line: firstLine + newlines(text.slice(0, from)), lastFour });
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function notText() {
  return refuseFile("not_text", "The file is not plain text in UTF-8. Save it as UTF-8 first.");
}
