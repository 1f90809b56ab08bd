import type { ReactNode } from "react";

/** A column of a DataTable. */
export interface DataColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  /** What the column is sorted by; without it the column cannot be sorted. What is empty stands last. */
  readonly sortBy?: (row: T) => string | number | boolean | null | undefined;
  /** An order other than that of what `sortBy` gives. */
  readonly compare?: (a: T, b: T) => number;
  readonly meta?: {
    /** The column's name on a phone's card; the header when absent. */
    readonly label?: string;
    /** Numbers stand at the right. */
    readonly align?: "right";
    /** Leads a phone's card: shown bold and without its name. */
    readonly lead?: boolean;
    /** True for rows in which the cell says nothing; a phone's card leaves it out. */
    readonly emptyIn?: (row: T) => boolean;
    /** Width on wide screens, any CSS length. */
    readonly width?: string;
  };
}

const WORDS = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The rows in the order of a column; those without a value last, and those that are equal as they came. */
export function inOrder<T>(rows: readonly T[], column: DataColumn<T> | undefined, descending: boolean): readonly T[] {
  const { sortBy, compare } = column ?? {};
  if (!sortBy) return rows;
  const order = compare ?? ((a: T, b: T) => compareValues(sortBy(a), sortBy(b)));
  const isEmpty = (row: T) => (sortBy(row) ?? "") === "";
  return rows.toSorted((a, b) => Number(isEmpty(a)) - Number(isEmpty(b)) || (descending ? -order(a, b) : order(a, b)));
}

type Value = string | number | boolean | null | undefined;

function compareValues(a: Value, b: Value): number {
  if (typeof a === "string" || typeof b === "string") return WORDS.compare(String(a), String(b));
  return Number(a) - Number(b);
}
