import { rounded } from "@/lib/render/pdf/pdf-values";
import type { PathCommand, ShapingFont } from "@/lib/render/pdf/pdfkit-internals";
import { COLOURS, type PageFrame } from "@/lib/render/pdf/theme";

/** The width of the mark before it is turned, in points. */
const WIDTH = 430;
/** A capital's height as a share of the em, of the face that the mark is drawn in. */
const CAPITALS = 0.66;

/**
 * The word as outlines instead of text, so that it lies under every page and never gets between the words that are
 * extracted. It is centred on the origin.
 */
export function watermarkContent(
  font: ShapingFont,
  word: string,
): { readonly content: string; readonly box: readonly number[] } {
  const run = font.layout(word);
  const total = run.positions.reduce((sum, position) => sum + position.xAdvance, 0);
  const scale = WIDTH / total;
  const height = CAPITALS * font.unitsPerEm * scale;
  const out: string[] = [`${COLOURS.watermark.join(" ")} rg`];
  let x = -WIDTH / 2;
  for (const [index, glyph] of run.glyphs.entries()) {
    const place = (args: readonly number[]) =>
      args.map((value, at) => rounded(at % 2 === 0 ? x + value * scale : value * scale - height / 2));
    out.push(...outline(glyph.path.commands, place));
    x += (run.positions[index]?.xAdvance ?? 0) * scale;
  }
  out.push("f");
  return { content: out.join("\n"), box: [-WIDTH / 2 - 10, -height, WIDTH / 2 + 10, height] };
}

/** Turns the mark upwards to the right in the middle of the page. */
export function watermarkMatrix({ pageWidth, pageHeight }: PageFrame): string {
  const angle = (52 * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)].map((value) => Math.round(value * 10_000) / 10_000) as [
    number,
    number,
  ];
  return `${cos} ${sin} ${-sin} ${cos} ${rounded(pageWidth / 2)} ${rounded(pageHeight / 2)}`;
}

function outline(
  commands: readonly PathCommand[],
  place: (args: readonly number[]) => readonly number[],
): readonly string[] {
  let from: readonly number[] = [0, 0];
  return commands.map(({ command, args }) => {
    const points = place(args);
    const [x0 = 0, y0 = 0] = from;
    if (points.length >= 2) from = points.slice(-2);
    if (command === "moveTo") return `${points.join(" ")} m`;
    if (command === "lineTo") return `${points.join(" ")} l`;
    if (command === "bezierCurveTo") return `${points.join(" ")} c`;
    if (command === "closePath") return "h";
    // PDF knows only cubic curves: a quadratic one's control point is moved two thirds of the way to each end.
    const [qx = 0, qy = 0, x = 0, y = 0] = points;
    const cubic = [
      x0 + (2 / 3) * (qx - x0),
      y0 + (2 / 3) * (qy - y0),
      x + (2 / 3) * (qx - x),
      y + (2 / 3) * (qy - y),
      x,
      y,
    ];
    return `${cubic.map(rounded).join(" ")} c`;
  });
}
