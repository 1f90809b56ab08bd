import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/lib/db/generated/client";

/** A connection pool under one role. */
export interface Database {
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** What queries run on inside a transaction. */
export type TransactionClient = Prisma.TransactionClient;

/** Opens a pool; nothing connects before the first query. */
export function openDatabase(url: string, options: { readonly connections?: number } = {}): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: "countervail",
  });
  const prisma = new PrismaClient({ adapter });
  return { prisma, close: () => prisma.$disconnect() };
}
