import { OperatorError } from "@/lib/operator-error";
import { loginOf } from "./addresses";
import { withConnection } from "./connect";

/** Runs a statement and gives its rows. */
type Ask = (sql: string) => Promise<readonly LoginRow[]>;

interface LoginRow {
  readonly login: string;
  readonly role: string;
  readonly is_superuser: boolean;
  readonly bypasses: boolean;
  readonly makes_roles: boolean;
  readonly owns: boolean;
}

/**
 * The login itself and every role that it is or may make itself a member of, as far as row-level security does not hold
 * for it. Who owns the schema may drop its tables; who may make roles may join others (PostgreSQL 15) or make its own.
 */
const DANGERS = `
  SELECT session_user::text AS login, rolname::text AS role, rolsuper AS is_superuser, rolbypassrls AS bypasses,
         rolcreaterole OR rolname IN ('pg_execute_server_program', 'pg_write_server_files') AS makes_roles, owns
  FROM pg_roles, LATERAL (SELECT
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE c.relowner = pg_roles.oid AND c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%')
        OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspowner = pg_roles.oid AND n.nspname = 'public') AS owns) AS owner
  WHERE pg_has_role(session_user, pg_roles.oid, 'MEMBER')
    AND (rolsuper OR rolbypassrls OR rolcreaterole OR owns OR rolname IN ('pg_execute_server_program', 'pg_write_server_files'))
  ORDER BY rolname <> session_user, rolname LIKE 'pg\\_%' LIMIT 1`;

/** Why row-level security would not hold for the login that asks, as a sentence for the operator; null when it does. */
export async function dangerOf(ask: Ask): Promise<OperatorError | null> {
  const [found] = await ask(DANGERS);
  if (!found) return null;
  const what = found.is_superuser
    ? "is a superuser"
    : found.bypasses
      ? "bypasses row-level security"
      : found.owns
        ? "owns tables or their schema"
        : "can give itself such rights";
  const who = found.role === found.login ? what : `may become "${found.role}", which ${what}`;
  return refusal(found.login, who);
}

/**
 * Looks at the application's login before anything is served by it.
 * @param ownerUrl where migrations run; the application's login is another one
 * @throws OperatorError when row-level security would not hold for it
 */
export async function requireSafeLogin(appUrl: string, ownerUrl: string): Promise<void> {
  const danger = await withConnection(appUrl, (client) =>
    dangerOf(async (sql) => (await client.query<LoginRow>(sql)).rows),
  );
  if (danger) throw danger;
  const { user } = loginOf(appUrl);
  if (loginOf(ownerUrl).user === user) throw refusal(user, "would own the tables");
}

function refusal(login: string, why: string): OperatorError {
  return new OperatorError(
    `The application's login "${login}" ${why}, so that row-level security does not hold for it: give DATABASE_URL a login of its own (npm run db:init makes one), or allow it for development with COUNTERVAIL_UNSAFE_DATABASE_ROLE=allow.`,
  );
}
