/** SQLSTATE codes that say: the same transaction may go through when tried again. */
const TRANSIENT = new Set(["40001", "40P01", "55P03"]);

/**
 * The SQLSTATE behind an error of Prisma, or null. Raw queries carry it under the driver adapter's cause,
 * other queries as a code of Prisma's own; an error at COMMIT comes in two shapes.
 */
export function sqlState(error: unknown): string | null {
  const code = field(error, "code");
  if (code === "P2034") return "40001";
  const cause = field(field(field(error, "meta"), "driverAdapterError"), "cause") ?? field(error, "cause");
  const original = field(cause, "originalCode") ?? field(cause, "code");
  if (typeof original === "string") return original;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("P2") ? code : null;
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

/** True when the database cannot be reached or has no connection to give. */
export function isUnavailable(error: unknown): boolean {
  const code = field(error, "code");
  if (
    code === "P1001" ||
    code === "P1002" ||
    code === "P1008" ||
    code === "P1017" ||
    code === "P2024" ||
    code === "P2028"
  )
    return true;
  const state = sqlState(error);
  if (state !== null && (state.startsWith("08") || state.startsWith("57P") || state === "53300")) return true;
  const message = error instanceof Error ? error.message : "";
  return /ECONNREFUSED|ECONNRESET|Connection terminated|connection is closed|DatabaseNotReachable|SocketTimeout/i.test(
    message,
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
