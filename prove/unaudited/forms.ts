import type { Database, TransactionClient } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { columnOf, type ProtectedTable } from "../support/protected-tables";

/** A change of one row, in which way it is asked for, and what is done before it in the same transaction. */
export interface Attempt {
  readonly target: ProtectedTable;
  readonly id: string;
  /** The value to write; null deletes the row. */
  readonly value: string | null;
  /** Said before the change, where the form has a place for it. */
  readonly before: readonly Prisma.Sql[];
}

interface Delegate {
  updateMany(args: object): Prisma.PrismaPromise<unknown>;
  deleteMany(args: object): Prisma.PrismaPromise<unknown>;
}

/** The forms in which Prisma writes: each resolves when the change was made. */
export const FORMS: Readonly<Record<string, (database: Database, attempt: Attempt) => Promise<unknown>>> = {
  single: ({ prisma }, attempt) => change(prisma, attempt),
  array: ({ prisma }, attempt) =>
    prisma.$transaction([...attempt.before.map((sql) => prisma.$queryRaw(sql)), change(prisma, attempt)]),
  interactive: ({ prisma }, attempt) =>
    prisma.$transaction(async (tx) => {
      for (const sql of attempt.before) await tx.$queryRaw(sql);
      await change(tx, attempt);
    }),
  raw: ({ prisma }, { target, id, value, before }) => {
    const [table, key, column] = [target.table, target.key, columnOf(target.field)].map((name) =>
      Prisma.raw(`"${name}"`),
    );
    const told = before.at(-1);
    const first = told ? Prisma.sql`WITH told AS MATERIALIZED (${told})` : Prisma.empty;
    const also = told ? Prisma.sql`AND EXISTS (SELECT FROM told)` : Prisma.empty;
    const where = Prisma.sql`WHERE ${key}::text = ${id} ${also}`;
    return prisma.$executeRaw(
      value === null
        ? Prisma.sql`${first} DELETE FROM ${table} ${where}`
        : Prisma.sql`${first} UPDATE ${table} SET ${column} = ${Prisma.raw(`'${value}'`)} ${where}`,
    );
  },
};

function change(client: TransactionClient, { target, id, value }: Attempt): Prisma.PrismaPromise<unknown> {
  const delegate = (client as unknown as Readonly<Record<string, Delegate>>)[target.model];
  if (!delegate) throw new Error(`The client has no ${target.model}.`);
  const key = target.key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const where = { [key]: id };
  return value === null
    ? delegate.deleteMany({ where })
    : delegate.updateMany({ where, data: { [target.field]: value } });
}
