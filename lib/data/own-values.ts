import type { IdentityTx, OrganisationTx, ScopedTx } from "@/lib/db/kinds";

/** The tables that hold, in a row for each organisation, values that it has set for itself. */
export type OwnValuesTable = "organisationPolicy" | "organisationRigour";

/** Values that an organisation has set for itself, or may. */
export interface OwnValues<T> {
  /** The values in force. */
  readonly values: T;
  /** 0 before anything was set. */
  readonly version: number;
  readonly updatedById: string | null;
  readonly updatedAt: Date | null;
}

type Stored = Readonly<Record<string, unknown>> | null;

/** What both tables can do, of which Prisma knows each by types of its own. */
interface Rows {
  findUnique(find: { where: { organisationId: string } }): PromiseLike<{
    readonly values: unknown;
    readonly version: number;
    readonly updatedById: string;
    readonly updatedAt: Date;
  } | null>;
  createMany(rows: { data: [Row & { organisationId: string; version: 1 }]; skipDuplicates: true }): PromiseLike<Count>;
  updateMany(change: {
    where: { organisationId: string; version: number };
    data: Row & { version: { increment: 1 } };
  }): PromiseLike<Count>;
}
interface Row {
  readonly values: object;
  readonly updatedById: string;
  readonly updatedAt: Date;
}
interface Count {
  readonly count: number;
}

/**
 * The values of an organisation.
 * @param effective gives the values in force for what is stored; null where nothing is
 */
export async function readOwnValues<T>(
  tx: IdentityTx | OrganisationTx | ScopedTx,
  table: OwnValuesTable,
  organisationId: string,
  effective: (stored: Stored) => T,
): Promise<OwnValues<T>> {
  const rows: Rows = tx.db[table];
  const row = await rows.findUnique({ where: { organisationId } });
  const { version = 0, updatedById = null, updatedAt = null } = row ?? {};
  return { values: effective((row?.values ?? null) as Stored), version, updatedById, updatedAt };
}

/** Saves values over the version they were read at. False when somebody else saved first. */
export async function saveOwnValues(
  tx: OrganisationTx,
  table: OwnValuesTable,
  version: number,
  values: object,
): Promise<boolean> {
  const rows: Rows = tx.db[table];
  const { organisationId } = tx;
  const fresh = { values, updatedById: tx.actor.userId, updatedAt: tx.now };
  const { count } =
    version === 0
      ? await rows.createMany({ data: [{ organisationId, ...fresh, version: 1 }], skipDuplicates: true })
      : await rows.updateMany({
          where: { organisationId, version },
          data: { ...fresh, version: { increment: 1 } },
        });
  return count === 1;
}
