import type { Face } from "@/lib/render/pdf/face";

/** The choice of letters that matters to the fonts. */
export interface Lettering {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly mono: boolean;
}

/** Text in one style, shaped: a stretch for each font that it needed. The width is in thousandths of the size of the type. */
export interface ShapedText {
  readonly width: number;
  readonly stretches: readonly Stretch[];
}

/** Glyphs of one font, as {@link Face} gives them. */
export interface Stretch {
  readonly face: Face;
  readonly glyphs: string;
}
