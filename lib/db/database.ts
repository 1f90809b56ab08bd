import { createClient } from "@/lib/db/client";
import type { Prisma, PrismaClient } from "@/lib/db/generated/client";

/** A connection pool under one role. */
export interface Database {
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** What queries run on inside a transaction. */
export type TransactionClient = Prisma.TransactionClient;

/** Opens a pool; nothing connects before the first query. */
export function openDatabase(url: string): Database {
  const prisma = createClient(url);
  return { prisma, close: () => prisma.$disconnect() };
}
