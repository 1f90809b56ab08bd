/** An entry of a part's list, such as a control of the matrix: its fields are strings, by the names that the part's shape gives. */
export interface RecordEntry {
  readonly id: string;
  /** What people call it in the text, such as C1. */
  readonly label: string;
  readonly [field: string]: string;
}

/** What a part of a record holds beside its text: single fields by name, and one list, empty where the part has none. */
export interface RecordItems {
  readonly entries: readonly RecordEntry[];
  readonly [field: string]: string | readonly RecordEntry[];
}

/** A single field of a part; empty where it was never written. */
export function recordField(items: RecordItems | undefined, name: string): string {
  const value = items?.[name];
  return typeof value === "string" ? value : "";
}
