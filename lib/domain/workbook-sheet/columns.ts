/** What of a row of the workbook may be changed in a sheet that is brought back, with the title of its column. */
export const EDITABLE_COLUMNS = {
  disposition: "Disposition",
  note: "Note",
  ownerId: "Owner",
  dueOn: "Due on",
  fixOwner: "Fix carried by",
  fixDueOn: "Fix due on",
  evidenceTitle: "Evidence",
  evidenceUrl: "Evidence address",
} as const;

/** A field of a row that a sheet may change. */
export type EditableField = keyof typeof EDITABLE_COLUMNS;

/** The fields of {@link EDITABLE_COLUMNS}, in the columns' order. */
export const EDITABLE_FIELDS = Object.keys(EDITABLE_COLUMNS) as readonly EditableField[];

/** Those that are calendar days. */
export const DAY_FIELDS: readonly EditableField[] = ["dueOn", "fixDueOn"];

/** The column by which a row is found again. */
export const ROW_COLUMN = "Row";
/** The column that says which state of the row was exported. */
export const VERSION_COLUMN = "Version";
