/** An overview of an engagement that shows texts of its worksheets. */
export type ViewedWithin = "register" | "matrix" | "risks";

/** A revision of a worksheet. */
export interface ViewedRevision {
  readonly worksheetId: string;
  readonly revision: number;
}

/** A revision that the other company opened. The event names its worksheet. */
interface RevisionViewDetail {
  readonly revision: number;
  /** Only in older events, which told of each revision that an overview showed by itself. */
  readonly within?: ViewedWithin;
}

/** What the other company saw in an overview: one event for all of it, which names no worksheet but by its list. */
interface OverviewDetail {
  readonly within: ViewedWithin;
  /** The revisions of whose text the overview shows a part, each worksheet once. */
  readonly revisions: readonly ViewedRevision[];
  /** The requirements of these worksheets, each once. */
  readonly requirementNumbers: readonly string[];
}

/** What the other company saw: a revision, or an overview of several. */
export type ViewDetail = RevisionViewDetail | OverviewDetail;

/** What was seen, as the rest of a sentence. @param where the end of what names the worksheet, such as “ for 8.3.4” */
export function viewWords(
  { revision, within, revisions }: Partial<RevisionViewDetail & OverviewDetail>,
  where: string,
): string {
  if (!Array.isArray(revisions)) return `read revision ${revision ?? "?"}${where}${withinWords(within)}`;
  const several = revisions.length !== 1;
  return `read ${revisions.length} submitted worksheet${several ? "s" : ""}${withinWords(within, several)}`;
}

/** Where a part of a text was seen, as the end of a sentence. */
function withinWords(within: ViewedWithin | undefined, several = false): string {
  const it = several ? "them" : "it";
  switch (within) {
    case "register":
      return `, as far as the register of controls shows ${it}`;
    case "matrix":
      return `, as far as the matrix of controls shows ${it}`;
    case "risks":
      return `, as far as the risks of the engagement show ${it}`;
    default:
      return "";
  }
}
