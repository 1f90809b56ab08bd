import type { StoredKey, UsableKey } from "@/lib/data/data-keys";
import type { SystemTx } from "@/lib/db/kinds";
import type { WrappedKey } from "@/lib/secrets/kek";

/** Data keys that can still open something. */
const USABLE = { wrapped: { not: null } } as const;
const OF_KEY = { id: true, organisationId: true, purpose: true, generation: true, kekId: true, wrapped: true };

/** A key that seals, or sealed before a newer generation was made. */
export interface SealingKey extends UsableKey {
  readonly generation: number;
}

/** Waits until whoever was wrapping a new key has finished: those who come after see what was changed before. */
export async function awaitKeyMakers(tx: SystemTx): Promise<void> {
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-key-makers', 0))`;
}

/** Some keys that are not wrapped under this key-encryption key. */
export async function keysUnderOthers(tx: SystemTx, kekId: string, most: number): Promise<UsableKey[]> {
  const found = await tx.db.dataKey.findMany({ where: { ...USABLE, NOT: { kekId } }, select: OF_KEY, take: most });
  return found.flatMap(usable);
}

/** Puts another wrapping in the place of one. @returns false when it is no longer the one that was read */
export async function rewrapKey(tx: SystemTx, before: UsableKey, after: WrappedKey): Promise<boolean> {
  const { kekId, wrapped } = after;
  const { count } = await tx.db.dataKey.updateMany({
    where: { id: before.id, wrapped: before.wrapped },
    data: { kekId, wrapped },
  });
  return count === 1;
}

/** Which key-encryption keys data keys are wrapped under. */
export async function keksInUse(tx: SystemTx): Promise<Set<string>> {
  const rows = await tx.db.dataKey.findMany({ where: USABLE, distinct: ["kekId"], select: { kekId: true } });
  return new Set(rows.map(({ kekId }) => kekId));
}

/** All keys that are not retired; of each organisation and purpose the newest generation comes first. */
export async function unretiredKeys(tx: SystemTx): Promise<SealingKey[]> {
  const found = await tx.db.dataKey.findMany({
    where: { ...USABLE, retiredAt: null },
    select: OF_KEY,
    orderBy: [{ purpose: "asc" }, { generation: "desc" }],
  });
  return found.flatMap(usable);
}

/** Stores keys of further generations; from the commit on they seal. */
export async function insertKeys(tx: SystemTx, keys: readonly SealingKey[]): Promise<void> {
  await tx.db.dataKey.createMany({ data: keys.map((key) => ({ ...key, createdAt: tx.now })) });
}

/** Waits for whoever is sealing under these keys, and lets nobody begin to. */
export async function holdKeys(tx: SystemTx, ids: readonly string[]): Promise<void> {
  await tx.db.$executeRaw`SELECT FROM data_key WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** Marks keys as no longer used. */
export async function retireKeys(tx: SystemTx, ids: readonly string[]): Promise<void> {
  await tx.db.dataKey.updateMany({ where: { id: { in: [...ids] } }, data: { retiredAt: tx.now } });
}

/** Keys that were retired before that moment and can still open something. */
export async function keysRetiredBefore(tx: SystemTx, before: Date): Promise<string[]> {
  const found = await tx.db.dataKey.findMany({
    where: { ...USABLE, retiredAt: { lt: before } },
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

/** Forgets keys for good; their rows stay. */
export async function destroyKeys(tx: SystemTx, ids: readonly string[]): Promise<void> {
  await tx.db.dataKey.updateMany({
    where: { id: { in: [...ids] }, NOT: { retiredAt: null } },
    data: { wrapped: null },
  });
}

function usable<K extends StoredKey>(key: K): (K & UsableKey)[] {
  const { wrapped } = key;
  return wrapped === null ? [] : [{ ...key, wrapped }];
}
