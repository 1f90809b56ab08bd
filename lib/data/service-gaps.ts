import type { SystemTx } from "@/lib/db/kinds";

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
export function findOpenGaps(tx: SystemTx): Promise<ServiceGap[]> {
  return tx.db.serviceGap.findMany({ where: { recordedAt: null }, orderBy: { openedAt: "desc" }, select: COLUMNS });
}

/** A gap by its id. */
export function findGap(tx: SystemTx, id: string): Promise<ServiceGap | null> {
  return tx.db.serviceGap.findUnique({ where: { id }, select: COLUMNS });
}

/** Puts down a gap that no restore of ours has marked, as recorded. */
export async function insertRecordedGap(tx: SystemTx, id: string, record: string): Promise<void> {
  await tx.db.serviceGap.create({ data: { id, openedAt: tx.now, recordedAt: tx.now, record }, select: { id: true } });
}

/** Closes a gap. */
export async function closeGap(tx: SystemTx, id: string, record: string): Promise<void> {
  await tx.db.serviceGap.update({ where: { id }, data: { recordedAt: tx.now, record }, select: { id: true } });
}

/** The chains of organisations that there are. */
export async function organisationIds(tx: SystemTx): Promise<string[]> {
  return (await tx.db.organisation.findMany({ select: { id: true } })).map(({ id }) => id);
}
