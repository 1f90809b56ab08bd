import type { Database, TransactionClient } from "@/lib/db/database";
import { columnOf, type ProtectedTable } from "../support/protected-tables";

/** A statement with its parameters. */
export interface Said {
  readonly text: string;
  readonly values: readonly string[];
}

/** A change of one row, in which way it is asked for, and what is done before it in the same transaction. */
export interface Attempt {
  readonly target: ProtectedTable;
  readonly id: string;
  /** The value to write; null deletes the row. */
  readonly value: string | null;
  /** Said before the change, where the form has a place for it. */
  readonly before: readonly Said[];
}

/** What Prisma does when it is waited for, alone or with others. */
type Waiting = ReturnType<Database["prisma"]["$executeRawUnsafe"]>;

interface Delegate {
  updateMany(args: object): Waiting;
  deleteMany(args: object): Waiting;
}

/** The forms in which Prisma writes: each resolves when the change was made. */
export const FORMS: Readonly<Record<string, (database: Database, attempt: Attempt) => Promise<unknown>>> = {
  single: ({ prisma }, attempt) => change(prisma, attempt),
  array: ({ prisma }, attempt) =>
    prisma.$transaction([
      ...attempt.before.map(({ text, values }) => prisma.$executeRawUnsafe(text, ...values)),
      change(prisma, attempt),
    ]),
  interactive: ({ prisma }, attempt) =>
    prisma.$transaction(async (tx) => {
      for (const { text, values } of attempt.before) await tx.$executeRawUnsafe(text, ...values);
      await change(tx, attempt);
    }),
  raw: ({ prisma }, { target: { table, key, field }, id, value, before }) => {
    const told = before.at(-1);
    const first = told ? `WITH told AS MATERIALIZED (${told.text})` : "";
    const where = `WHERE "${key}"::text = '${id}' ${told ? "AND EXISTS (SELECT FROM told)" : ""}`;
    const set = `UPDATE "${table}" SET "${columnOf(field)}" = '${value}'`;
    return prisma.$executeRawUnsafe(
      `${first} ${value === null ? `DELETE FROM "${table}"` : set} ${where}`,
      ...(told?.values ?? []),
    );
  },
};

function change(client: TransactionClient, { target, id, value }: Attempt): Waiting {
  const delegate = (client as unknown as Readonly<Record<string, Delegate>>)[target.model];
  if (!delegate) throw new Error(`The client has no ${target.model}.`);
  const key = target.key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const where = { [key]: /^\d+$/.test(id) ? Number(id) : id };
  return value === null
    ? delegate.deleteMany({ where })
    : delegate.updateMany({ where, data: { [target.field]: value } });
}
