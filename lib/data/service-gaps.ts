import type { PublicTx, SystemTx } from "@/lib/db/kinds";

/** A time when data were put back; open until an operator has recorded what was lost. */
export interface ServiceGap {
  readonly id: string;
  readonly openedAt: Date;
  /** When the backup was made; null where data came back some other way. */
  readonly backupAt: Date | null;
  readonly recordedAt: Date | null;
  readonly record: string | null;
}

const COLUMNS = { id: true, openedAt: true, backupAt: true, recordedAt: true, record: true } as const;

/** Those that an operator has recorded, the newest first. */
export function findRecordedGaps(tx: SystemTx): Promise<ServiceGap[]> {
  const where = { recordedAt: { not: null } };
  return tx.db.serviceGap.findMany({ where, orderBy: { openedAt: "desc" }, select: COLUMNS });
}

/** Those that nobody has recorded yet, the newest first. */
export function findOpenGaps(tx: PublicTx): Promise<Pick<ServiceGap, "id" | "backupAt">[]> {
  const select = { id: true, backupAt: true } as const;
  return tx.db.serviceGap.findMany({ where: { recordedAt: null }, orderBy: { openedAt: "desc" }, select });
}

/** A gap by its id. */
export function findGap(tx: SystemTx, id: string): Promise<ServiceGap | null> {
  return tx.db.serviceGap.findUnique({ where: { id }, select: COLUMNS });
}

/** Closes a gap, or puts one down that no restore of ours has marked. Only the owner of the tables may. */
export async function writeRecordedGap(tx: SystemTx, id: string, record: string): Promise<void> {
  await tx.db.$executeRaw`SELECT record_gap(${id}::uuid, ${tx.now}::timestamptz, ${record})`;
}

/** Revokes every API token there is; the owner of the tables alone may. @returns the ids of those that were revoked by it */
export async function revokeAllApiTokens(tx: SystemTx): Promise<string[]> {
  const rows = await tx.db.$queryRaw<
    { id: string }[]
  >`SELECT revoke_all_api_tokens(${tx.now}::timestamptz)::text AS id`;
  return rows.map(({ id }) => id);
}

/** The chains of organisations that there are. */
export async function organisationIds(tx: SystemTx): Promise<string[]> {
  return (await tx.db.organisation.findMany({ select: { id: true } })).map(({ id }) => id);
}

/** Switches every webhook off, as the owner of the tables alone may. @returns their ids */
export async function switchOffAllWebhooks(tx: SystemTx): Promise<string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`SELECT switch_off_all_webhooks()::text AS id`;
  return rows.map(({ id }) => id);
}
