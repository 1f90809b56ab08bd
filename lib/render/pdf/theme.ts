import type { Paper } from "@/lib/render/pdf/view-model";

/** An RGB colour as PDF takes it, three numbers from 0 to 1. */
export type Colour = readonly [number, number, number];

function colour(hex: string): Colour {
  const part = (at: number) => Math.round((Number.parseInt(hex.slice(at, at + 2), 16) / 255) * 1000) / 1000;
  return [part(0), part(2), part(4)];
}

/** The few colours of the documents. Contrast of text on its ground is 4.5:1 or better. */
export const COLOURS = {
  ink: colour("1c2127"),
  muted: colour("56616e"),
  accent: colour("1b3f63"),
  link: colour("1a56a0"),
  rule: colour("c3cad3"),
  ruleStrong: colour("1b3f63"),
  tint: colour("f2f5f8"),
  code: colour("f4f4f1"),
  mark: colour("9c2b12"),
  draft: colour("8f4a00"),
  legacy: colour("8c1d1d"),
  watermark: colour("f0f0f0"),
} as const;

/** Sizes of type in points. */
export const SIZES = { title: 20, heading: 13, subheading: 10.5, body: 9.5, small: 8.25, tiny: 7 } as const;

/** Distance from one baseline to the next, as a multiple of the size of the type. */
export const LEADING = 1.36;

/** A page's measures in points. Content lies between `left` and `left + width`, `top` and `bottom`. */
export interface PageFrame {
  readonly pageWidth: number;
  readonly pageHeight: number;
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
}

const SIDES: Readonly<Record<Paper, readonly [number, number]>> = { A4: [595.28, 841.89], Letter: [612, 792] };
const MARGIN = 52;

/** The frame of a paper, upright. */
export function pageFrame(paper: Paper): PageFrame {
  const [pageWidth, pageHeight] = SIDES[paper];
  return { pageWidth, pageHeight, left: MARGIN, width: pageWidth - 2 * MARGIN, top: 66, bottom: pageHeight - 60 };
}
