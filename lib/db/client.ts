import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client";
import { joinWrites, PipelinedPg } from "./pipelined";
import { statementNames } from "./statement-names";

/** Connections per process: enough for the requests two or four cores serve, few beside PostgreSQL's usual 100. */
const POOL_SIZE = 10;

/**
 * A Prisma client on a database. It connects at the first query; close it with `$disconnect()`.
 * @param url address with login, usually the application's role
 * @param poolSize connections it may hold at most
 * @param trusted whether the login may do something outside of a transaction
 */
export function createClient(url: string, poolSize = POOL_SIZE, trusted = false): PrismaClient {
  // A pooler that gives each transaction another connection may neither know statements by name nor take several at once;
  // its address says so.
  const shared = sharesConnections(url);
  const Adapter = shared ? PrismaPg : PipelinedPg;
  const adapter = new Adapter(
    {
      connectionString: url,
      max: poolSize,
      pipeline: !shared,
      // A request that finds no connection in this time fails instead of hanging (milliseconds).
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      // A server that shuts down may say so in the same breath as "ready", before the adapter listens to the connection
      // that the pool hands out; without a listener for its whole life that would end the process.
      onConnect: (connection) => {
        connection.on("error", () => undefined);
        if (!shared) joinWrites(connection as pg.Client, trusted);
      },
    },
    // Without a listener, a connection that breaks while idle would end the process; the pool replaces it by itself.
    {
      onPoolError: () => undefined,
      onConnectionError: () => undefined,
      ...(shared ? {} : { statementNameGenerator: statementNames() }),
    },
  );
  return new PrismaClient({ adapter, errorFormat: "minimal" });
}

/** Whether it is a pooler's that gives each transaction another connection: whether an address has `pgbouncer=true` in it, as others write it too. */
export function sharesConnections(url: string): boolean {
  return URL.canParse(url) && new URL(url).searchParams.get("pgbouncer") === "true";
}
