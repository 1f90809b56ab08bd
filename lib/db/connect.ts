import pg from "pg";
import { OperatorError } from "@/lib/operator-error";
import { withoutPassword } from "./addresses";

/** Codes of a failed connection → what the operator should look at. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there; start PostgreSQL or correct the address",
  ENOTFOUND: "its host name is unknown; correct the address",
  EAI_AGAIN: "its host name cannot be looked up now; check the name and the network",
  ETIMEDOUT: "it does not answer; check the address and the firewall",
  EHOSTUNREACH: "there is no way to its host; check the address and the network",
  ECONNRESET: "it closed the connection; check that it is PostgreSQL and whether it asks for TLS (sslmode)",
  "28P01": "it refuses the password; correct the address",
  "28000": "it refuses the login; check the name, the password and its pg_hba.conf",
  "3D000": "it has no such database; create it, or let npm run db:init do so",
  "57P03": "it is starting up or shutting down; try again in a moment",
  "53300": "it has no connection left; raise max_connections or stop other clients",
};

/**
 * Opens one connection, runs the work and closes the connection again.
 * @throws OperatorError when the server cannot be reached or refuses the login; what the work throws otherwise
 */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks between queries reports here; the next query says so too, and that is the one we show.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw connectionError(url, error);
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Turns a failure to connect into a sentence that says what to do. */
export function connectionError(url: string, error: unknown): OperatorError {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const reason = REASONS[code] ?? (message.includes("timeout") ? REASONS.ETIMEDOUT : message.replace(/\s+/g, " "));
  return new OperatorError(`The database ${withoutPassword(url)} cannot be used: ${reason}.`);
}

/** The SQLSTATE or system code of an error, or an empty string. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
