import { OperatorError } from "@/lib/operator-error";

/** The parts of a PostgreSQL address. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Writes an address as a postgresql:// URL. */
export function databaseUrl(address: DatabaseAddress): string {
  const user = encodeURIComponent(address.user);
  const password = encodeURIComponent(address.password);
  return `postgresql://${user}:${password}@${address.host}:${address.port}/${encodeURIComponent(address.database)}`;
}

/** The same server and login with another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** Login name, password and database of an address. @throws OperatorError when one of the names is missing */
export function loginOf(url: string): { user: string; password: string; database: string } {
  const parsed = new URL(url);
  const user = decodeURIComponent(parsed.username);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (user === "" || database === "") {
    throw new OperatorError(`The database address has to name a login and a database: ${withoutPassword(url)}.`);
  }
  return { user, password: decodeURIComponent(parsed.password), database };
}

/** An address fit for a message: without its password and options. */
export function withoutPassword(url: string): string {
  const parsed = new URL(url);
  return `postgresql://${parsed.username}@${parsed.host}${parsed.pathname}`;
}
