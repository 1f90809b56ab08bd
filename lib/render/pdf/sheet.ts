import { type Face, rounded } from "@/lib/render/pdf/face";
import type { Fonts } from "@/lib/render/pdf/fonts";
import type { Line, Span } from "@/lib/render/pdf/line-breaker";
import { shapesOf, type Target, type TextStyle } from "@/lib/render/pdf/text-runs";
import type { Colour } from "@/lib/render/pdf/theme";

/** What the head and foot of a page say. */
export interface PageNotes {
  /** The running title; empty on a cover. */
  readonly title: string;
  readonly draft: boolean;
  readonly legacy: boolean;
  /** What else every page has to say; may be empty. */
  readonly notice: string;
  /** SHA-256, hex, of the content that the page belongs to. */
  readonly digest: string;
}

/** A rectangle that leads somewhere, in points from the upper left corner. */
export interface LinkArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly target: Target;
}

/** Height of capitals as a share of the size of the type; text is centred by it in its line. */
const CAPITALS = 0.66;

/**
 * One page while it is being laid out, held in memory so that page numbers are known before anything is written.
 * Coordinates are points from the upper left corner. `ground` is painted first, then `ink`.
 */
export class Sheet {
  readonly notes: PageNotes;
  readonly ground: string[] = [];
  readonly ink: string[] = [];
  readonly faces = new Set<Face>();
  readonly links: LinkArea[] = [];
  readonly anchors: { readonly name: string; readonly y: number }[] = [];
  readonly bookmarks: { readonly title: string; readonly level: number; readonly y: number }[] = [];
  readonly #fonts: Fonts;

  constructor(notes: PageNotes, fonts: Fonts) {
    this.notes = notes;
    this.#fonts = fonts;
  }

  /** Fills a rectangle, under all text. */
  fill(x: number, y: number, width: number, height: number, colour: Colour): void {
    this.ground.push(`${colour.join(" ")} rg ${rounded(x)} ${rounded(y)} ${rounded(width)} ${rounded(height)} re f`);
  }

  /** Draws a straight line. */
  rule(x1: number, y1: number, x2: number, y2: number, thickness: number, colour: Colour): void {
    const path = `${rounded(x1)} ${rounded(y1)} m ${rounded(x2)} ${rounded(y2)} l`;
    this.ink.push(`${colour.join(" ")} RG ${rounded(thickness)} w ${path} S`);
  }

  /** Draws the outline of a rectangle. */
  frame(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void {
    const box = `${rounded(x)} ${rounded(y)} ${rounded(width)} ${rounded(height)} re S`;
    this.ink.push(`${colour.join(" ")} RG ${rounded(thickness)} w ${box}`);
  }

  /** Draws a line of text whose box begins at (x, y) and is `height` high. */
  line(line: Line, x: number, y: number, height: number): void {
    if (line.spans.length === 0) return;
    const size = Math.max(...line.spans.map((span) => span.style.size));
    const base = y + (height + CAPITALS * size) / 2;
    const parts = [`BT 1 0 0 -1 ${rounded(x)} ${rounded(base)} Tm`];
    let at = x;
    for (const span of line.spans) {
      parts.push(this.#span(span));
      if (span.style.target) this.#link(span.style.target, span.style, at, base, span.width);
      at += span.width;
    }
    this.ink.push(`${parts.join(" ")} ET`);
  }

  /** Makes a rectangle lead somewhere. */
  link(area: LinkArea): void {
    this.links.push(area);
  }

  #span({ texts, style }: Span): string {
    const stretches: { face: Face; glyphs: string }[] = [];
    for (const text of texts) {
      for (const shape of shapesOf(text, style, this.#fonts)) {
        for (const { face, glyphs } of shape.stretches) {
          const last = stretches.at(-1);
          if (last?.face === face) last.glyphs += glyphs;
          else stretches.push({ face, glyphs });
        }
      }
    }
    const shown = stretches.map(({ face, glyphs }) => {
      this.faces.add(face);
      return `/${face.resource} ${style.size} Tf [<${glyphs}>] TJ`;
    });
    return `${style.colour.join(" ")} rg ${shown.join(" ")}`;
  }

  #link(target: Target, style: TextStyle, x: number, base: number, width: number): void {
    this.link({ x, y: base - style.size, width, height: style.size * 1.3, target });
    if ("url" in target) this.rule(x, base + 1.4, x + width, base + 1.4, 0.4, style.colour);
  }
}
