import bidiFactory from "bidi-js";
import type { Fonts } from "@/lib/render/pdf/fonts";
import type { Line, Span } from "@/lib/render/pdf/lines";
import type { ShapedText, Stretch } from "@/lib/render/pdf/shaped-text";
import type { TextRun, TextStyle } from "@/lib/render/pdf/text-runs";

const bidi = bidiFactory();

/** Letters of scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const PLAIN = /^[\x20-\x7e\n]*$/;
/** A letter or several with what sits on them, or anything else alone. */
const CLUSTER = /[\u0590-\u05ff\ufb1d-\ufb4f]+|./gsu;
const BACKWARDS_LETTERS = /^[\u0590-\u05ff\ufb1d-\ufb4f]/;

/** Whether there is anything that goes from right to left. */
export function hasRightToLeft(runs: readonly TextRun[]): boolean {
  return runs.some(({ text }) => !PLAIN.test(text) && RIGHT_TO_LEFT.test(text));
}

/** A character of a line: where it stands in its paragraph, and how it looks. */
interface Placed {
  readonly text: string;
  readonly style: TextStyle;
  readonly level: number;
}

/**
 * Puts lines that were set in the order in which text is written into the order in which it is read on the page (UAX #9).
 * Explicit controls never come here: they are shown by marks. A paragraph's first letter that has a direction decides on
 * that of the paragraph.
 */
export function inReadingOrder(lines: readonly Line[], fonts: Fonts): readonly Line[] {
  const out: Line[] = [];
  for (let from = 0; from < lines.length; ) {
    const end = lines.findIndex((line, index) => index >= from && line.ended);
    const to = end < 0 ? lines.length : end + 1;
    out.push(...paragraphInOrder(lines.slice(from, to), fonts));
    from = to;
  }
  return out;
}

function paragraphInOrder(lines: readonly Line[], fonts: Fonts): readonly Line[] {
  const text = lines.map(textOf).join(" ");
  if (!RIGHT_TO_LEFT.test(text)) return lines;
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, "auto");
  const base = paragraphs[0]?.level ?? 0;
  let from = 0;
  return lines.map((line) => {
    const own = reordered(line, levels.subarray(from), base, fonts);
    from += textOf(line).length + 1;
    return own;
  });
}

function textOf(line: Line): string {
  return line.spans.map((span) => span.text).join("");
}

function reordered(line: Line, levels: Uint8Array, base: number, fonts: Fonts): Line {
  const placed: Placed[] = [];
  let at = 0;
  for (const { text, style } of line.spans) {
    for (const unit of stretchesOfLevel(text, levels, at)) placed.push({ ...unit, style });
    at += text.length;
  }
  const spans: Span[] = visualOrder(placed).map(({ text, style, level }) => {
    const shaped = level % 2 === 0 ? fonts.shape(text, style) : backwards(text, style, fonts);
    return { text, stretches: shaped.stretches, width: (shaped.width * style.size) / 1000, style };
  });
  return {
    spans,
    width: spans.reduce((sum, span) => sum + span.width, 0),
    ended: line.ended,
    backwards: base % 2 === 1,
  };
}

function stretchesOfLevel(text: string, levels: Uint8Array, from: number): { text: string; level: number }[] {
  const out: { text: string; level: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const level = levels[from + at] ?? 0;
    const last = out.at(-1);
    if (last?.level === level) last.text += text.charAt(at);
    else out.push({ text: text.charAt(at), level });
  }
  return out;
}

/** Rule L2: from the highest level down to the lowest odd one, what is at least at that level is turned around. */
function visualOrder(placed: readonly Placed[]): readonly Placed[] {
  const out = [...placed];
  const highest = Math.max(0, ...out.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < out.length; from += 1) {
      if ((out[from]?.level ?? 0) < level) continue;
      let to = from;
      while (to < out.length && (out[to]?.level ?? 0) >= level) to += 1;
      out.splice(from, to - from, ...out.slice(from, to).reverse());
      from = to;
    }
  }
  return out;
}

/** Shapes text that goes from right to left: words by their font, signs between them mirrored where they have two sides. */
function backwards(text: string, style: TextStyle, fonts: Fonts): ShapedText {
  const stretches: Stretch[] = [];
  let width = 0;
  for (const cluster of (text.match(CLUSTER) ?? []).reverse()) {
    const shaped = BACKWARDS_LETTERS.test(cluster)
      ? fonts.shapeBackwards(cluster, style)
      : fonts.shape(bidi.getMirroredCharacter(cluster) ?? cluster, style);
    width += shaped.width;
    stretches.push(...shaped.stretches);
  }
  return { width, stretches };
}
