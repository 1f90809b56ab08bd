/** SQLSTATE codes that say: the same transaction may go through when tried again. */
const TRANSIENT = new Set(["40001", "40P01", "55P03"]);

/**
 * The SQLSTATE behind an error of Prisma, or null. Raw queries carry it under the driver adapter's cause,
 * other queries as a code of Prisma's own; an error at COMMIT comes in two shapes.
 */
export function sqlState(error: unknown): string | null {
  const code = field(error, "code");
  if (code === "P2034") return "40001";
  const cause = causeOf(error);
  const original = field(cause, "originalCode") ?? field(cause, "code");
  if (typeof original === "string") return original;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !/^(P\d{4}|E[A-Z]{4})$/.test(code) ? code : null;
}

/** True when the transaction lost against another one and may be tried again. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && TRANSIENT.has(state);
}

/** True when a unique key forbade the row. */
export function isDuplicate(error: unknown): boolean {
  return field(error, "code") === "P2002" || sqlState(error) === "23505";
}

/** Prisma's codes for: not reachable, too slow, connection closed or none to be had, transaction not to be begun or over. */
const UNAVAILABLE_PRISMA = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"]);
/** The driver adapter's kinds, which come without any SQLSTATE, and under raw queries without a code of Prisma's that says so. */
const UNAVAILABLE_KINDS = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"]);
/** System codes of a broken or refused connection, as Node gives them. */
const UNAVAILABLE_SYSTEM =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/**
 * SQLSTATEs of a server that cannot do it now, whatever it is asked: connection lost (08), out of connections, memory or
 * disk (53), shutting down, starting or recovering (57P), input or output failed (58), a statement that took too long
 * (57014), an idle transaction that was ended (25P03, 25P04), a standby that only reads (25006).
 */
const UNAVAILABLE_STATES = /^(08...|53...|57P..|58...|57014|25P03|25P04|25006)$/;
/** What pg and its pool say without any code. */
const UNAVAILABLE_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout)/;

/** True when the database cannot be reached, lost the connection or has none to give: the outcome may be unknown. */
export function isUnavailable(error: unknown): boolean {
  const code = field(error, "code");
  if (typeof code === "string" && (UNAVAILABLE_PRISMA.has(code) || UNAVAILABLE_SYSTEM.test(code))) return true;
  const kind = field(causeOf(error), "kind");
  if (typeof kind === "string" && UNAVAILABLE_KINDS.has(kind)) return true;
  const state = sqlState(error);
  if (state !== null && UNAVAILABLE_STATES.test(state)) return true;
  return error instanceof Error && UNAVAILABLE_WORDS.test(error.message);
}

/** SQLSTATEs of a named statement that this connection does not have, or has already under another one's name. */
const STATEMENT_NAMES = new Set(["26000", "42P05"]);

/** What an operator has to set where {@link losesStatements}. */
export const POOLER_WORDS =
  "DATABASE_URL leads to a pooler that gives transactions other connections and does not know statements by name (PgBouncer before 1.21, or with max_prepared_statements = 0). Write pgbouncer=true into the query at the end of DATABASE_URL, as in …/countervail?pgbouncer=true, or set max_prepared_statements, and start again.";

/** True when a pooler stands before the database that does not know statements by name, and nobody has said so. */
export function losesStatements(error: unknown): boolean {
  return STATEMENT_NAMES.has(sqlState(error) ?? "");
}

/** What the driver adapter found, wherever Prisma put it: under `meta`, or, at BEGIN and COMMIT, under the error itself. */
function causeOf(error: unknown): unknown {
  return field(field(field(error, "meta"), "driverAdapterError"), "cause") ?? field(error, "cause");
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
