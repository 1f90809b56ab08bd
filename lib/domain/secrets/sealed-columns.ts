/** A column whose texts are sealed. Its names are the database's. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The column that identifies the row: in the seal, and in the events that name the row. */
  readonly key: string;
  /** The column that says whose row it is; null when all rows are the service's own. */
  readonly organisation: string | null;
}

/**
 * Every column that holds sealed texts. Sealing secrets anew goes through this list: a column that is missing here
 * stops it, because its data keys are found without a place where they are used.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: "totp_factor", column: "secret", key: "user_id", organisation: "organisation_id" },
  { table: "blob_key", column: "secret", key: "organisation_id", organisation: "organisation_id" },
  { table: "sso_connection", column: "client_secret", key: "id", organisation: "organisation_id" },
  { table: "webhook_endpoint", column: "secret", key: "id", organisation: "organisation_id" },
  { table: "webhook_endpoint", column: "former_secret", key: "id", organisation: "organisation_id" },
];
