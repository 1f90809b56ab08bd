/** Rows of a table that can be ticked. */
export interface TableSelection<T> {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
  /** How a row is called by its checkbox, such as `8.3.4`. */
  readonly nameOf: (row: T) => string;
}
