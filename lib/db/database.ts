import { config } from "@/lib/config";
import { createClient } from "@/lib/db/client";
import type { Prisma, PrismaClient } from "@/lib/db/generated/client";
import { dangerOf } from "@/lib/db/login";

/** A connection pool under one login. */
export interface Database {
  readonly prisma: PrismaClient;
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
  const prisma = createClient(url);
  let admitted = trust === "any" || config().unsafeDatabaseRole;
  return {
    prisma,
    admit: async () => {
      if (admitted) return;
      const danger = await dangerOf((sql) => prisma.$queryRawUnsafe(sql));
      if (danger) throw danger;
      admitted = true;
    },
    close: () => prisma.$disconnect(),
  };
}
