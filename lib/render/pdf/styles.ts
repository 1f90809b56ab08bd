import type { TextRun, TextStyle } from "@/lib/render/pdf/text-runs";
import { COLOURS, SIZES } from "@/lib/render/pdf/theme";

const base: TextStyle = { bold: false, italic: false, mono: false, size: SIZES.body, colour: COLOURS.ink };
const small: TextStyle = { ...base, size: SIZES.small };

/** The styles of the documents. */
export const STYLES = {
  body: base,
  strong: { ...base, bold: true },
  empty: { ...base, italic: true, colour: COLOURS.muted },
  small,
  smallStrong: { ...small, bold: true },
  muted: { ...small, colour: COLOURS.muted },
  tableHead: { ...small, bold: true, colour: COLOURS.accent },
  // The two sizes differ by less than a twentieth, so that programs which extract text read label and hint in one go.
  label: { ...base, bold: true, size: 9.2, colour: COLOURS.accent },
  hint: { ...base, size: 8.75, colour: COLOURS.muted },
  code: { ...base, mono: true, size: 8 },
  digest: { ...base, mono: true, size: 6.5 },
  title: { ...base, bold: true, size: SIZES.title, colour: COLOURS.accent },
  heading: { ...base, bold: true, size: SIZES.heading, colour: COLOURS.accent },
  subheading: { ...base, bold: true, size: SIZES.subheading, colour: COLOURS.accent },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** A run of text in a style. */
export function run(text: string, style: TextStyle = STYLES.body): TextRun {
  return { text, style };
}
