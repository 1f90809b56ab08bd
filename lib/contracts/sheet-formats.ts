/** The kinds of files that tables come as; apart from the contract, for pages that load nothing which checks inputs. */
export const SHEET_FORMATS = ["csv", "xlsx"] as const;
/** A kind of file for tables. */
export type SheetFormat = (typeof SHEET_FORMATS)[number];
