import { Prisma } from "@/lib/db/generated/client";
import type { DeliveriesTx, IdentityTx, OrganisationTx, SystemTx } from "@/lib/db/kinds";
import type { DataKeyName, WrappedKey } from "@/lib/secrets/kek";

/** The kinds of transaction in which secrets are sealed and opened. */
export type SecretsTx = IdentityTx | OrganisationTx | SystemTx;

/** A data key as it is stored; `wrapped` is null once it is destroyed. */
export interface StoredKey extends DataKeyName {
  readonly kekId: string;
  readonly wrapped: string | null;
}

/** A data key that is not destroyed. */
export interface UsableKey extends DataKeyName, WrappedKey {}

/** The key that seals for an organisation (null: the service) and a purpose, held against being retired; or null. */
export async function findSealingKey(
  tx: SecretsTx,
  organisationId: string | null,
  purpose: string,
): Promise<StoredKey | null> {
  const owner = organisationId === null ? Prisma.sql`IS NULL` : Prisma.sql`= ${organisationId}::uuid`;
  const rows = await tx.db.$queryRaw<StoredKey[]>`
    SELECT id, organisation_id AS "organisationId", purpose, kek_id AS "kekId", wrapped
    FROM data_key WHERE organisation_id ${owner} AND purpose = ${purpose} AND retired_at IS NULL
    ORDER BY generation DESC LIMIT 1 FOR KEY SHARE`;
  return rows[0] ?? null;
}

/** The key of that id, whatever its age; null when there is none. */
export async function findKey(tx: SecretsTx | DeliveriesTx, id: string): Promise<StoredKey | null> {
  const select = { id: true, organisationId: true, purpose: true, kekId: true, wrapped: true };
  return tx.db.dataKey.findUnique({ where: { id }, select });
}

/** Stores the first key of its organisation and purpose. Waits for a twin under way. @returns whether this one is it */
export async function insertFirstKey(tx: SecretsTx, key: UsableKey): Promise<boolean> {
  const inserted = await tx.db.$executeRaw`
    INSERT INTO data_key (id, organisation_id, purpose, generation, kek_id, wrapped, created_at)
    VALUES (${key.id}::uuid, ${key.organisationId}::uuid, ${key.purpose}, 1, ${key.kekId}, ${key.wrapped}, ${tx.now}::timestamptz)
    ON CONFLICT (organisation_id, purpose, generation) DO NOTHING`;
  return inserted === 1;
}

/** Held by whoever wraps a new key, until the commit, so that a rotation can wait for those under way. */
export async function joinKeyMakers(tx: SecretsTx): Promise<void> {
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('countervail-key-makers', 0))`;
}

/** A key that is not destroyed, one for each key-encryption key in use. */
export async function oneKeyOfEachKek(tx: SecretsTx): Promise<UsableKey[]> {
  return tx.db.$queryRaw`
    SELECT DISTINCT ON (kek_id) id, organisation_id AS "organisationId", purpose, kek_id AS "kekId", wrapped
    FROM data_key WHERE wrapped IS NOT NULL ORDER BY kek_id, id`;
}
