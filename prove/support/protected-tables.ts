import type pg from "pg";

/** A protected table: the column by which events name its rows, and one that a change of the proof writes into. */
export interface ProtectedTable {
  readonly table: string;
  readonly key: string;
  /** Its name in the Prisma client. */
  readonly model: string;
  /** A field that takes any UUID, as text or as what it is. */
  readonly field: string;
}

/** Model and field of each; a table that is missing here fails the proofs. */
const FIELDS: Readonly<Record<string, readonly [model: string, field: string]>> = {
  organisation: ["organisation", "name"],
  app_user: ["user", "name"],
  membership: ["membership", "role"],
  invitation: ["invitation", "name"],
  engagement: ["engagement", "name"],
  engagement_member: ["engagementMember", "role"],
  scope_answer: ["scopeAnswer", "updatedById"],
  disposition: ["disposition", "note"],
  worksheet: ["worksheet", "state"],
  worksheet_assignee: ["worksheetAssignee", "userId"],
  section: ["section", "key"],
  evidence: ["evidence", "title"],
  revision: ["revision", "catalogueVersion"],
  worksheet_transition: ["transition", "reason"],
  sign_off: ["signOff", "reason"],
  thread: ["thread", "section"],
  comment: ["comment", "body"],
  criterion_decision: ["criterionDecision", "note"],
  worksheet_origin: ["worksheetOrigin", "title"],
  moved_key_set: ["movedKeySet", "envelope"],
  sso_connection: ["ssoConnection", "issuer"],
  sso_identity: ["ssoIdentity", "subject"],
  passkey: ["passkey", "name"],
  recovery_code: ["recoveryCode", "codeHash"],
  password_reset: ["passwordReset", "tokenHash"],
  factor_reset: ["factorReset", "reason"],
  totp_factor: ["totpFactor", "secret"],
  organisation_policy: ["organisationPolicy", "updatedById"],
  organisation_rigour: ["organisationRigour", "updatedById"],
  organisation_logo: ["organisationLogo", "alt"],
  data_key: ["dataKey", "purpose"],
  api_token: ["apiToken", "name"],
  service_account: ["serviceAccount", "purpose"],
  blob: ["blob", "scanNote"],
  evidence_file: ["evidenceFile", "name"],
  control_record: ["controlRecord", "title"],
  blob_key: ["blobKey", "secret"],
  signing_key_set: ["signingKeySet", "envelope"],
  webhook_endpoint: ["webhookEndpoint", "description"],
  service_gap: ["serviceGap", "record"],
};

/** Every table whose rows ask for an event, as the database says. @throws Error when one is not known here */
export async function protectedTables(sql: pg.Client): Promise<ProtectedTable[]> {
  const { rows } = await sql.query<{ table: string; key: string }>(
    `SELECT c.relname AS table, max(s.key_column) AS key FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     LEFT JOIN audit_shape s ON s.table_name = c.relname WHERE t.tgfoid = 'require_event'::regproc GROUP BY 1 ORDER BY 1`,
  );
  return rows.map(({ table, key }) => {
    const [model, field] = FIELDS[table] ?? [];
    if (model === undefined || field === undefined) {
      throw new Error(`prove/support/protected-tables.ts does not know ${table}.`);
    }
    return { table, key, model, field };
  });
}

/** The column of a field. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
