/** Where a sealed text is stored. It opens nowhere else: not in another column, row or organisation. */
export interface SecretPlace {
  readonly table: string;
  readonly column: string;
  /** The row's key as text. */
  readonly row: string;
  /** Whose row it is; null for the service's own. */
  readonly organisationId: string | null;
}

/** What a data key is for: one column of one table. */
export function purposeOf({ table, column }: Pick<SecretPlace, "table" | "column">): string {
  return `${table}.${column}`;
}
