import { describe, expect, it } from "vitest";
import { isDuplicate, isTransient, isUnavailable, losesStatements, POOLER_WORDS, sqlState } from "./errors";

/** An error as Prisma 7.10 with its pg adapter throws it, cut down to what may be looked at. */
function prisma(code: string | undefined, message: string, cause?: object): Error {
  const meta = cause === undefined ? {} : { meta: { driverAdapterError: { name: "DriverAdapterError", cause } } };
  return Object.assign(new Error(message), {
    name: "PrismaClientKnownRequestError",
    ...(code ? { code } : {}),
    ...meta,
  });
}

/** What the adapter itself throws at BEGIN and COMMIT of an interactive transaction. */
function adapter(cause: object): Error {
  return Object.assign(new Error("DriverAdapterError", { cause }), { name: "DriverAdapterError" });
}

const state = (code: string, message: string) => ({
  originalCode: code,
  originalMessage: message,
  kind: "postgres",
  code,
});

/** Each was seen when a server under load was killed, stopped in three ways, lost its backends, or was too slow. */
const SEEN: readonly (readonly [when: string, error: Error])[] = [
  ["nothing listens", prisma("P1001", "Can't reach database server", { kind: "DatabaseNotReachable" })],
  ["the connection was closed", prisma("P1017", "Server has closed the connection.", { kind: "ConnectionClosed" })],
  ["it was closed under a raw query", prisma("P2010", "Raw query failed. Code: `N/A`.", { kind: "ConnectionClosed" })],
  ["it was closed at COMMIT", adapter({ kind: "ConnectionClosed" })],
  ["it is starting up", prisma("P2039", "Database error.", state("57P03", "the database system is starting up"))],
  ["it recovers", prisma("P2039", "Database error.", state("57P03", "the database system is in recovery mode"))],
  ["it is not ready", prisma("P2039", "Database error.", state("57P03", "… not yet accepting connections"))],
  ["it shuts down", prisma("P2039", "Database error.", state("57P03", "the database system is shutting down"))],
  ["it ended us", prisma("P2039", "Database error.", state("57P01", "terminating connection due to …"))],
  ["it ended us under a raw query", prisma("P2010", "Raw query failed.", state("57P01", "terminating connection …"))],
  ["it ended us at COMMIT", adapter(state("57P01", "terminating connection due to unexpected postmaster exit"))],
  ["the socket ended", new Error("Connection terminated unexpectedly")],
  ["the pool's connection is broken", new Error("Client has encountered a connection error and is not queryable")],
  ["a connection takes too long", new Error("Connection terminated due to connection timeout")],
  ["the pool has none to give", new Error("timeout exceeded when trying to connect")],
  ["the other end is gone", Object.assign(new Error("write EPIPE"), { code: "EPIPE", errno: -32, syscall: "write" })],
  ["no transaction can begin", prisma("P2028", "Unable to start a transaction in the given time.")],
  ["a statement took too long", prisma("P2010", "Raw query failed.", state("57014", "… due to statement timeout"))],
];

describe("an error of the database", () => {
  it.each(SEEN)("is known as unavailable when %s", (_when, error) => {
    expect(isUnavailable(error)).toBe(true);
    expect(isTransient(error)).toBe(false);
  });

  it.each([
    ["26000", 'prepared statement "cv_x" does not exist'],
    ["42P05", 'prepared statement "cv_x" already exists'],
  ])("of a pooler without names of statements (%s) is known by what has to be set", (code, message) => {
    for (const error of [prisma("P2039", "Database error.", state(code, message)), adapter(state(code, message))]) {
      expect(losesStatements(error)).toBe(true);
      expect(isUnavailable(error)).toBe(false);
    }
    expect(losesStatements(SEEN[0]?.[1])).toBe(false);
    expect(POOLER_WORDS).toContain("pgbouncer=true");
  });

  it.each([
    ["a deadlock", prisma("P2034", "Transaction failed due to a write conflict or a deadlock.")],
    ["a deadlock under a raw query", prisma("P2010", "Raw query failed.", state("40P01", "deadlock detected"))],
    ["a lock that was waited for too long", prisma("P2010", "Raw query failed.", state("55P03", "… lock timeout"))],
    ["a conflict at COMMIT", adapter(state("40001", "could not serialize access"))],
  ])("is tried again after %s", (_when, error) => {
    expect(isTransient(error)).toBe(true);
    expect(isUnavailable(error)).toBe(false);
  });

  it.each([
    ["a defect of ours", new TypeError("x is not a function")],
    ["a word of the user's", new Error('The name "Connection terminated" is taken.')],
    [
      "a character that text cannot hold",
      prisma("P2010", "Raw query failed.", state("22021", "invalid byte sequence")),
    ],
    [
      "a change without an event",
      prisma("P2010", "Raw query failed.", state("CV002", "change without an audit event")),
    ],
    ["a missing table", prisma("P2021", "The table does not exist.")],
    ["something that is no error", "Connection terminated"],
    ["nothing", null],
  ])("stays a defect when it is %s", (_when, error) => {
    expect(isUnavailable(error)).toBe(false);
    expect(isTransient(error)).toBe(false);
  });

  it("carries the server's own code, and no code of the system's or Prisma's", () => {
    expect(sqlState(adapter(state("CV004", "an author never decides")))).toBe("CV004");
    expect(sqlState(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }))).toBeNull();
    expect(sqlState(prisma("P1001", "Can't reach database server", { kind: "DatabaseNotReachable" }))).toBeNull();
  });

  it("tells a second row of the same key", () => {
    expect(isDuplicate(prisma("P2002", "Unique constraint failed"))).toBe(true);
    expect(isDuplicate(prisma("P2010", "Raw query failed.", state("23505", "duplicate key value")))).toBe(true);
    expect(isDuplicate(prisma("P2010", "Raw query failed.", state("23503", "foreign key")))).toBe(false);
  });
});
