import { hasRightToLeft } from "@/lib/render/pdf/bidi";
import type { Fonts } from "@/lib/render/pdf/fonts";
import { breakLines } from "@/lib/render/pdf/line-breaker";
import type { Line } from "@/lib/render/pdf/lines";
import type { Sheet } from "@/lib/render/pdf/sheet";
import { Tag, type TagType } from "@/lib/render/pdf/structure";
import type { TextRun } from "@/lib/render/pdf/text-runs";
import { type Colour, LEADING, SIZES } from "@/lib/render/pdf/theme";
import { preparedText } from "@/lib/render/pdf/visible-text";

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
  /** The outermost tag that what is drawn is part of. */
  readonly tag?: Tag;
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
  /** What it is in the document's structure; by default a heading where it looks like one, else a paragraph. */
  readonly tag?: TagType;
}

/** A paragraph: a strip for each line, its first two and last two lines kept together. */
export function paragraph(
  runs: readonly TextRun[],
  width: number,
  fonts: Fonts,
  { align = "left", heading = false, tag: type }: ParagraphOptions = {},
): readonly Strip[] {
  const lines = breakLines(runs, width, fonts);
  const last = lines.length - 1;
  let size = 1;
  for (const { style } of runs) size = Math.max(size, style.size);
  const usual = size * LEADING;
  const tag = new Tag(type ?? headingOf(runs, size, heading) ?? "P");
  if (hasRightToLeft(runs)) tag.actualText = preparedText(runs.map((run) => run.text).join(""));
  return lines.map((line, index) => ({
    height: usual,
    keepWithNext: heading || (index < last && (index === 0 || index === last - 1)),
    tag,
    draw: (sheet, x, y) => sheet.line(line, x + slack(line, width, align), y, usual, tag),
  }));
}

/** Which heading a paragraph looks like. The flow sees to it that no level is left out on the way down. */
function headingOf(runs: readonly TextRun[], size: number, heading: boolean): TagType | null {
  if (!runs[0]?.style.bold) return null;
  if (size >= SIZES.title) return "H1";
  if (size >= SIZES.heading && heading) return "H2";
  return heading ? "H3" : null;
}

/** @param align lines of a paragraph that goes from right to left begin at the right */
function slack(line: Line, width: number, align: "left" | "right" | "centre"): number {
  const side = line.backwards && align === "left" ? "right" : align;
  if (side === "left") return 0;
  const room = Math.max(width - line.width, 0);
  return side === "right" ? room : room / 2;
}

/** The outermost tags of strips, each once, in their order. */
export function tagsOf(strips: readonly Strip[]): readonly Tag[] {
  const tags: Tag[] = [];
  for (const { tag } of strips) if (tag && tags[tags.length - 1] !== tag) tags.push(tag);
  return tags;
}

/** One tag around all that strips hold: a single paragraph becomes it, which saves readers a step and the file an object. */
export function enclosed(strips: readonly Strip[], type: TagType): Tag {
  const tags = tagsOf(strips);
  const [only] = tags;
  if (tags.length === 1 && only?.type === "P" && !only.parent) {
    only.type = type;
    return only;
  }
  return new Tag(type, tags);
}

/** Strips as parts of a tag that is around their own ones. */
export function within(strips: readonly Strip[], tag: Tag): readonly Strip[] {
  return strips.map((strip) => ({ ...strip, tag }));
}

/** Moves strips to the right; `marker` is drawn beside the first one. Whoever calls says what both are part of. */
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
