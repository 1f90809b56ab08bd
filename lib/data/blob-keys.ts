import type { IdentityTx } from "@/lib/db/kinds";
import type { SecretPlace } from "@/lib/secrets/place";

/** Where an organisation's secret for the keys of its blobs is stored. */
export function blobKeyPlace(organisationId: string): SecretPlace {
  return { table: "blob_key", column: "secret", row: organisationId, organisationId };
}

/** The sealed secret of an organisation, or null before its first upload. */
export async function findBlobKey(tx: IdentityTx, organisationId: string): Promise<string | null> {
  const row = await tx.db.blobKey.findUnique({ where: { organisationId } });
  return row?.secret ?? null;
}

/** Stores the secret of an organisation. */
export async function insertBlobKey(tx: IdentityTx, organisationId: string, secret: string): Promise<void> {
  await tx.db.blobKey.create({ data: { organisationId, secret } });
}
