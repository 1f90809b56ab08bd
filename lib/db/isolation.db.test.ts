import { afterAll, beforeAll, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { KIND_ROLES, type Kind } from "@/lib/db/kind-roles";
import { makeTestDatabase, type TestDatabase } from "@/test/database";

let stored: TestDatabase;
beforeAll(async () => {
  stored = await makeTestDatabase();
});
afterAll(() => stored.drop());

const ask = <T extends object>(sql: string, values: readonly unknown[] = []) =>
  withConnection(stored.adminUrl, async (client) => (await client.query<T>(sql, [...values])).rows);

/** The catalogue is everybody's, and the list of migrations is read by the owner alone: no rows of theirs are a company's. */
const NOBODYS = [
  "catalogue_version",
  "requirement",
  "requirement_mapping",
  "article_row",
  "article_claim",
  "key_option",
  // The name of the service, which is in everything that it signs.
  "service_identity",
];
const UNGUARDED = [...NOBODYS, "final_check", "_prisma_migrations"];

it("guards every table but those that hold nobody's rows, the owner's access included", async () => {
  const rows = await ask<{ table: string; lacks: string }>(`
    SELECT c.relname AS table, concat_ws(' and ',
      CASE WHEN NOT c.relrowsecurity THEN 'no row-level security' END,
      CASE WHEN NOT c.relforcerowsecurity THEN 'none for the owner' END,
      CASE WHEN NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) THEN 'no policy' END) AS lacks
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`);
  const open = rows.filter(({ table, lacks }) => lacks !== "" && !UNGUARDED.includes(table));
  expect(open, "a new table needs policies in its migration, and its line in prove/rls/tables.ts").toEqual([]);
});

it("lets no policy hold for everybody, nor for the application's login or its group", async () => {
  const rows = await ask<{ name: string; role: string }>(`
    SELECT DISTINCT role.rolname::text AS role FROM pg_policy p
    CROSS JOIN LATERAL unnest(p.polroles) AS id LEFT JOIN pg_roles role ON role.oid = id ORDER BY 1`);
  const named = rows.map(({ role }) => role);
  expect(named).toEqual([
    "countervail_audit",
    "countervail_deliveries",
    "countervail_exports",
    "countervail_identity",
    "countervail_organisation",
    "countervail_public",
    "countervail_scoped",
    "countervail_system",
  ]);
});

type Rights = Partial<Record<Kind, string>>;
const facts = (columns: string): Rights => ({ identity: `SELECT(${columns})` });

/** What each kind may do with each table; in parentheses the only columns it may do it with. */
const RIGHTS: Readonly<Record<string, Rights>> = {
  organisation: {
    scoped: "SELECT INSERT",
    organisation: "SELECT UPDATE(id)",
    identity: "SELECT",
    system: "SELECT INSERT",
  },
  app_user: {
    scoped: "SELECT",
    organisation: "SELECT INSERT UPDATE(disabled_at)",
    identity: "SELECT INSERT",
    system: "SELECT INSERT",
    deliveries: "SELECT(disabled_at email id name)",
  },
  membership: {
    scoped: "SELECT",
    organisation: "SELECT INSERT UPDATE(role)",
    identity: "SELECT INSERT",
    system: "SELECT INSERT",
    deliveries: "SELECT(id organisation_id role user_id)",
  },
  credential: {
    organisation: "SELECT(changed_at must_change user_id) UPDATE(must_change)",
    identity: "SELECT INSERT UPDATE",
    system: "SELECT INSERT UPDATE",
  },
  session: {
    organisation:
      "SELECT(address created_at ended_at id last_seen_at methods stage user_agent user_id) UPDATE(ended_at)",
    identity: "SELECT INSERT UPDATE",
  },
  sign_in_guard: { organisation: "SELECT UPDATE", identity: "SELECT INSERT UPDATE" },
  password_history: { identity: "SELECT INSERT" },
  totp_factor: {
    organisation: "SELECT(confirmed_at created_at user_id) DELETE",
    identity: "SELECT INSERT UPDATE DELETE",
    system: "SELECT(organisation_id secret user_id) UPDATE(secret)",
  },
  passkey: {
    organisation: "SELECT(created_at id last_used_at name user_id) DELETE",
    identity: "SELECT INSERT UPDATE DELETE",
  },
  recovery_code: { organisation: "SELECT(id used_at user_id) DELETE", identity: "SELECT INSERT UPDATE DELETE" },
  api_token: {
    organisation:
      "SELECT(created_at engagement_ids everywhere expires_at id name revoked_at scope user_id) INSERT UPDATE(revoked_at)",
    identity: "SELECT INSERT UPDATE(revoked_at)",
  },
  service_account: {
    organisation: "SELECT INSERT UPDATE(owner_id purpose reviewed_at reviewed_by_id version)",
    scoped: "SELECT(owner_id user_id)",
  },
  api_token_use: { organisation: "SELECT", identity: "SELECT INSERT UPDATE(last_used_at)" },
  webauthn_challenge: { identity: "SELECT INSERT DELETE" },
  password_reset: { organisation: "SELECT INSERT UPDATE(used_at)", identity: "SELECT INSERT UPDATE(used_at)" },
  factor_reset: { organisation: "SELECT INSERT UPDATE(decided_at decided_by_id decision)" },
  organisation_policy: { organisation: "SELECT INSERT UPDATE", identity: "SELECT" },
  organisation_rigour: {
    organisation: "SELECT INSERT UPDATE(updated_at updated_by_id values version)",
    scoped: "SELECT",
  },
  organisation_logo: {
    organisation: "SELECT INSERT UPDATE(alt height picture sha256 type updated_at updated_by_id version width)",
    scoped: "SELECT",
  },
  sso_connection: {
    organisation: "SELECT INSERT UPDATE",
    identity: "SELECT",
    system: "SELECT(client_secret id organisation_id) UPDATE(client_secret)",
  },
  sso_identity: { organisation: "SELECT DELETE", identity: "SELECT INSERT" },
  sso_flow: { identity: "SELECT INSERT DELETE" },
  data_key: {
    organisation: "SELECT INSERT UPDATE(id)",
    identity: "SELECT INSERT UPDATE(id)",
    system: "SELECT INSERT UPDATE(kek_id retired_at wrapped)",
    deliveries: "SELECT",
  },
  rate_limit: { identity: "SELECT INSERT UPDATE DELETE" },
  invitation: {
    scoped: "SELECT INSERT",
    organisation: "SELECT INSERT UPDATE(expires_at invited_by_id token_hash)",
    identity: "SELECT UPDATE(accepted_at expires_at)",
  },
  idempotency_key: {
    scoped: "SELECT(key user_id) UPDATE(reply)",
    organisation: "SELECT(key user_id) UPDATE(reply)",
    identity: "SELECT INSERT UPDATE DELETE",
  },
  engagement: {
    scoped:
      "SELECT UPDATE(assessment_type assessor_accepted_at assessor_organisation_id due_on internal_review name period_end period_start standard_version version)",
    organisation: "SELECT INSERT",
    identity: "SELECT",
  },
  engagement_member: { scoped: "SELECT INSERT DELETE", organisation: "SELECT INSERT", identity: "SELECT" },
  scope_answer: { scoped: "SELECT INSERT UPDATE(answers updated_at updated_by_id version)" },
  disposition: {
    scoped:
      "SELECT INSERT UPDATE(disposition due_on evidence_title evidence_url fix_due_on fix_owner note owner_id source updated_at updated_by_id version)",
    ...facts("engagement_id id owner_id"),
  },
  worksheet: {
    scoped: "SELECT INSERT UPDATE(eligibility eligibility_version revision_number state version warning_reasons)",
    organisation: "SELECT(id kind organisation_id requirement_number)",
    identity: "SELECT UPDATE(id)",
  },
  worksheet_author: { scoped: "SELECT INSERT", identity: "SELECT" },
  worksheet_assignee: { scoped: "SELECT INSERT DELETE", identity: "SELECT" },
  section: { scoped: "SELECT INSERT UPDATE(items narrative updated_at updated_by_id version)" },
  evidence: {
    scoped:
      "SELECT INSERT UPDATE(collected_on control_record_id item_id link_checked_at link_outcome record_evidence_id removed_at section shows title url valid_until version)",
    ...facts("engagement_id id worksheet_id"),
  },
  control_record: {
    scoped:
      "SELECT INSERT UPDATE(author_ids changed_on description evidence nature owner retired_at title updated_at updated_by_id version)",
    ...facts("engagement_id id"),
  },
  blob: {
    scoped: "SELECT INSERT UPDATE(damaged_at removed_at scan scan_note scanned_at)",
    system: "SELECT UPDATE(damaged_at scan scan_note scanned_at)",
  },
  evidence_file: { scoped: "SELECT INSERT UPDATE(removed_at)" },
  export_job: {
    scoped: "SELECT INSERT UPDATE(file_name finished_at note parts_done parts_total removes_at sha256 size state step)",
    ...facts("engagement_id id requested_by_id"),
    exports: "SELECT UPDATE(attempts finished_at note parts_done parts_total removed_at started_at state step)",
  },
  webhook_endpoint: {
    organisation:
      "SELECT INSERT UPDATE(description engagement_id event_types former_secret former_until is_on off_reason on_since removed_at secret url version)",
    system: "SELECT(former_secret id organisation_id secret) UPDATE(former_secret secret)",
    deliveries: "SELECT UPDATE(former_secret former_until is_on off_reason version) DELETE",
  },
  webhook_message: {
    organisation: "SELECT INSERT UPDATE(attempts next_at replays settled_at state)",
    deliveries: "SELECT UPDATE(attempts next_at settled_at state) DELETE",
  },
  webhook_attempt: { organisation: "SELECT", deliveries: "SELECT INSERT" },
  blob_key: { identity: "SELECT INSERT", system: "SELECT UPDATE(secret)" },
  revision: { scoped: "SELECT INSERT UPDATE(reviewed_at)", ...facts("engagement_id id worksheet_id") },
  worksheet_transition: { scoped: "SELECT INSERT" },
  sign_off: { scoped: "SELECT INSERT", ...facts("at engagement_id id kind signer_id worksheet_id") },
  thread: {
    scoped: "SELECT INSERT UPDATE(resolved_at resolved_by_id)",
    ...facts("author_organisation_id engagement_id id visibility worksheet_id"),
  },
  comment: { scoped: "SELECT INSERT" },
  criterion_decision: {
    scoped: "SELECT INSERT UPDATE(at author_organisation_id by_id note outcome thread_id version)",
  },
  moved_key_set: { scoped: "SELECT" },
  worksheet_origin: {
    scoped: "SELECT INSERT UPDATE(answers author_ids kind sections source taken_at taken_by_id title)",
  },
  audit_event: { scoped: "SELECT", organisation: "SELECT" },
  audit_head: {},
  audit_checkpoint: {},
  audit_segment: {},
  audit_kept: { scoped: "SELECT" },
  signing_key_set: { scoped: "SELECT", organisation: "SELECT", system: "SELECT INSERT" },
  service_gap: { system: "SELECT", public: "SELECT(backup_at id opened_at recorded_at)" },
  audit_change: {},
  audit_pending: {},
  audit_shape: {},
  _prisma_migrations: {},
};
const READ_BY_ALL: Rights = {
  scoped: "SELECT",
  organisation: "SELECT",
  identity: "SELECT",
  system: "SELECT",
  public: "SELECT",
};

it("gives each kind of transaction exactly the rights that are written down here, and the login none", async () => {
  const signer = { signer: "countervail_signer", signers: "countervail_signing" };
  const worker = { worker: "countervail_worker", workers: "countervail_jobs" };
  const keeper = { keeper: "countervail_keeper", keepers: "countervail_keeping" };
  const logins = { login: "countervail_app", group: "countervail_rw" };
  const roles = { ...KIND_ROLES, ...logins, ...signer, ...worker, ...keeper };
  const rows = await ask<{ kind: string; table: string; rights: string | null }>(
    `SELECT role.kind, c.relname AS table, (
       SELECT string_agg(right_of.words, ' ' ORDER BY place) FROM unnest(
         ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) WITH ORDINALITY AS asked (privilege, place)
       CROSS JOIN LATERAL (SELECT CASE
         WHEN has_table_privilege(role.name, c.oid, privilege) THEN privilege
         WHEN privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') THEN (
           SELECT privilege || '(' || string_agg(a.attname, ' ' ORDER BY a.attname) || ')' FROM pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             AND has_column_privilege(role.name, c.oid, a.attnum, privilege))
         END AS words) AS right_of) AS rights
     FROM pg_class c CROSS JOIN jsonb_each_text($1::jsonb) AS role (kind, name)
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`,
    [JSON.stringify(roles)],
  );
  const found = new Map<string, Record<string, string>>();
  for (const { kind, table, rights } of rows) {
    found.set(table, { ...found.get(table), ...(rights === null ? {} : { [kind]: rights }) });
  }
  const catalogue = UNGUARDED.filter((table) => table !== "_prisma_migrations").map((table) => [table, READ_BY_ALL]);
  expect(Object.fromEntries(found)).toEqual({ ...RIGHTS, ...Object.fromEntries(catalogue) });
});

/** Logins that look after the application, with all that each can execute. */
const LOOKERS = {
  countervail_signer: [
    "signer_chains",
    "signer_gap",
    "signer_last",
    "signer_service",
    "signer_store",
    "signer_stretch",
  ],
  countervail_keeper: [
    "keeper_archive",
    "keeper_cut",
    "keeper_due",
    "keeper_expire",
    "keeper_read",
    "keeper_segments",
    "signer_service",
  ],
};

it("lets signer and keeper execute their own functions, and lets nobody else do so", async () => {
  const rows = await ask<{ role: string; name: string }>(
    `SELECT role, p.proname::text AS name FROM pg_proc p, unnest($1::text[]) AS role
     WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege(role, p.oid, 'EXECUTE')
       AND (role = ANY ($2) OR p.proname ~ '^(signer|keeper)_') AND p.prosecdef
       AND p.prorettype <> 'trigger'::regtype ORDER BY 1, 2`,
    [
      [...Object.keys(LOOKERS), "countervail_app", "countervail_rw", ...Object.values(KIND_ROLES)],
      Object.keys(LOOKERS),
    ],
  );
  const expected = Object.entries(LOOKERS).flatMap(([role, names]) => names.map((name) => `${role} ${name}`));
  expect(rows.map(({ role, name }) => `${role} ${name}`)).toEqual(expected.sort());
});

it.each([
  ["countervail_signer", "countervail_signing"],
  ["countervail_keeper", "countervail_keeping"],
])("lets %s become nobody else", async (login, group) => {
  const rows = await ask<{ role: string }>(
    "SELECT rolname::text AS role FROM pg_roles WHERE pg_has_role($1::name, oid, 'MEMBER') ORDER BY 1",
    [login],
  );
  expect(rows.map(({ role }) => role)).toEqual([login, group].sort());
});

it("lets nobody but the trail's owner into the ranges of the trail", async () => {
  const rows = await ask<{ role: string }>(
    `SELECT rolname::text AS role FROM pg_roles WHERE NOT rolsuper AND rolname LIKE 'countervail%'
       AND has_schema_privilege(rolname, 'countervail_trail', 'USAGE') ORDER BY 1`,
  );
  expect(rows.map(({ role }) => role)).toEqual(["countervail_audit", "countervail_owner"]);
});
