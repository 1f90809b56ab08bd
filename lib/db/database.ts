import { config } from "@/lib/config";
import { createClient, sharesConnections } from "@/lib/db/client";
import type { Prisma, PrismaClient } from "@/lib/db/generated/client";
import { dangerOf } from "@/lib/db/login";

/** A connection pool under one login. */
export interface Database {
  readonly prisma: PrismaClient;
  /** The answer of a transaction's last statement comes once it has committed (LAST in pipelined.ts). */
  readonly commitsWithLast: boolean;
  /**
   * Asked before every transaction; asks the database until it has answered once.
   * @throws OperatorError when row-level security would not hold for the login
   */
  admit(): Promise<void>;
  close(): Promise<void>;
}

/** What queries run on inside a transaction. */
export type TransactionClient = Prisma.TransactionClient;

/**
 * Opens a pool; nothing connects before the first query.
 * @param trust "any" takes a login that row-level security does not hold for: the owner, who loads the catalogue
 */
export function openDatabase(url: string, trust: "checked" | "any" = "checked"): Database {
  let admitted = trust === "any" || config().unsafeDatabaseRole;
  const prisma = createClient(url, undefined, admitted);
  return {
    prisma,
    commitsWithLast: !sharesConnections(url),
    admit: async () => {
      if (admitted) return;
      const danger = await dangerOf((sql) => prisma.$queryRawUnsafe(sql));
      if (danger) throw danger;
      admitted = true;
    },
    close: () => prisma.$disconnect(),
  };
}
