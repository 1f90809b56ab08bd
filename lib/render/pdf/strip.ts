import type { Fonts } from "@/lib/render/pdf/fonts";
import { breakLines, type Line } from "@/lib/render/pdf/line-breaker";
import type { Sheet } from "@/lib/render/pdf/sheet";
import type { TextRun } from "@/lib/render/pdf/text-runs";
import { type Colour, LEADING } from "@/lib/render/pdf/theme";

/**
 * A horizontal slice of content that is not broken: a line of text, a row of a table, a gap. Everything on a page is
 * laid out once as strips and then placed from top to bottom.
 */
export interface Strip {
  /** Height in points. */
  readonly height: number;
  /** White space that is left out at the top of a page. */
  readonly gap?: boolean;
  /** Stays on the page of the strip that follows. */
  readonly keepWithNext?: boolean;
  /** Drawn again at the top of the page when the page is broken before this strip: the head of a table. */
  readonly repeat?: readonly Strip[];
  /** Draws the strip with its upper left corner at (x, y). */
  readonly draw?: (sheet: Sheet, x: number, y: number) => void;
}

/** The height of strips one below the other. */
export function heightOf(strips: readonly Strip[]): number {
  return strips.reduce((sum, strip) => sum + strip.height, 0);
}

/** White space. */
export function gap(height: number): Strip {
  return { height, gap: true };
}

/** Settings of a paragraph. */
export interface ParagraphOptions {
  readonly align?: "left" | "right" | "centre";
  /** Keeps the whole paragraph with what follows, for headings. */
  readonly heading?: boolean;
}

/** A paragraph: a strip for each line, its first two and last two lines kept together. */
export function paragraph(
  runs: readonly TextRun[],
  width: number,
  fonts: Fonts,
  { align = "left", heading = false }: ParagraphOptions = {},
): readonly Strip[] {
  const lines = breakLines(runs, width, fonts);
  const last = lines.length - 1;
  const usual = Math.max(...runs.map((run) => run.style.size), 1) * LEADING;
  return lines.map((line, index) => ({
    height: usual,
    keepWithNext: heading || (index < last && (index === 0 || index === last - 1)),
    draw: (sheet, x, y) => sheet.line(line, x + slack(line, width, align), y, usual),
  }));
}

function slack(line: Line, width: number, align: "left" | "right" | "centre"): number {
  if (align === "left") return 0;
  const room = Math.max(width - line.width, 0);
  return align === "right" ? room : room / 2;
}

/** Moves strips to the right; `marker` is drawn beside the first one. */
export function indented(strips: readonly Strip[], by: number, marker?: Strip): readonly Strip[] {
  return strips.map((strip, index) => ({
    ...strip,
    ...(strip.repeat ? { repeat: indented(strip.repeat, by) } : {}),
    draw: (sheet, x, y) => {
      if (index === 0) marker?.draw?.(sheet, x, y);
      strip.draw?.(sheet, x + by, y);
    },
  }));
}

/** Draws a bar of `thickness` points at the left of the strips, which stay where they are. */
export function barred(strips: readonly Strip[], thickness: number, colour: Colour): readonly Strip[] {
  return backed(strips, (sheet, x, y, height) => sheet.fill(x, y, thickness, height, colour));
}

/** Fills the ground of the strips. */
export function tinted(strips: readonly Strip[], width: number, colour: Colour): readonly Strip[] {
  return backed(strips, (sheet, x, y, height) => sheet.fill(x, y, width, height, colour));
}

function backed(
  strips: readonly Strip[],
  paint: (sheet: Sheet, x: number, y: number, height: number) => void,
): readonly Strip[] {
  return strips.map((strip) => ({
    ...strip,
    gap: false,
    draw: (sheet, x, y) => {
      paint(sheet, x, y, strip.height);
      strip.draw?.(sheet, x, y);
    },
  }));
}
