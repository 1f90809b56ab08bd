/** An overview of an engagement that shows texts of its worksheets. */
export type ViewedWithin = "register" | "matrix" | "risks";

/** A revision that the other company saw. */
export interface ViewDetail {
  readonly revision: number;
  /** There when the revision was not opened itself: what showed a part of it. */
  readonly within?: ViewedWithin;
}

/** Where a part of a revision was seen, as the end of a sentence. */
export function withinWords({ within }: Partial<ViewDetail>): string {
  switch (within) {
    case "register":
      return ", as far as the register of controls shows it";
    case "matrix":
      return ", as far as the matrix of controls shows it";
    case "risks":
      return ", as far as the risks of the engagement show it";
    default:
      return "";
  }
}
