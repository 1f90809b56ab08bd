import type { Stretch } from "@/lib/render/pdf/shaped-text";
import type { TextStyle } from "@/lib/render/pdf/text-runs";

/** A stretch of a line in one style, as it stands on the page. The width is in points. */
export interface Span {
  /** What is written; empty unless it was asked for. */
  readonly text: string;
  readonly stretches: readonly Stretch[];
  readonly width: number;
  readonly style: TextStyle;
}

/** A line that fits its width (unless not even one character does). */
export interface Line {
  readonly spans: readonly Span[];
  readonly width: number;
  /** Whether a person ended it: the next line is of another paragraph. */
  readonly ended: boolean;
  /** Whether its paragraph goes from right to left. */
  readonly backwards?: boolean;
}
