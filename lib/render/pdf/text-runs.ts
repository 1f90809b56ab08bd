import type { Lettering } from "@/lib/render/pdf/shaped-text";
import type { Colour } from "@/lib/render/pdf/theme";

/** Where a run leads when it is clicked: an address that has been allowed, or an anchor of this document. */
export type Target = { readonly url: string } | { readonly anchor: string };

/** How a run looks. Sizes are points. */
export interface TextStyle extends Lettering {
  readonly size: number;
  readonly colour: Colour;
  readonly target?: Target;
}

/** Text in one style. Line feeds break the line. */
export interface TextRun {
  readonly text: string;
  readonly style: TextStyle;
}
