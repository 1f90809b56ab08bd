import { randomBytes } from "node:crypto";
import { requireActor, type ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { blobKeyPlace, findBlobKey, insertBlobKey } from "@/lib/data/blob-keys";
import type { IdentityTx } from "@/lib/db/kinds";

const BYTES = 32;

/** Somebody else made the secret in the same moment. */
class MadeMeanwhile extends Error {}

/**
 * The secret of the actor's organisation that keys of the blob store are made with, for those who store files: they
 * belong to the engagement's owner. The first upload makes it, with its event.
 */
export async function organisationSecret(context: ServiceContext): Promise<Uint8Array> {
  const { organisationId } = requireActor(context);
  const known = await inIdentity(context, (tx) => readSecret(context, tx, organisationId));
  if (known) return known;
  try {
    return await changeIdentity(context, (tx) => makeSecret(context, tx, organisationId));
  } catch (error) {
    const twin = error instanceof MadeMeanwhile;
    const made = twin ? await inIdentity(context, (tx) => readSecret(context, tx, organisationId)) : null;
    if (!made) throw error;
    return made;
  }
}

async function readSecret(context: ServiceContext, tx: IdentityTx, organisationId: string): Promise<Buffer | null> {
  const sealed = await findBlobKey(tx, organisationId);
  if (sealed === null) return null;
  return Buffer.from(await context.secrets.unseal(tx, blobKeyPlace(organisationId), sealed), "base64");
}

async function makeSecret(context: ServiceContext, tx: IdentityTx, organisationId: string): Promise<Buffer> {
  if ((await findBlobKey(tx, organisationId)) !== null) throw new MadeMeanwhile();
  const secret = randomBytes(BYTES);
  const place = blobKeyPlace(organisationId);
  await insertBlobKey(tx, organisationId, await context.secrets.seal(tx, place, secret.toString("base64")));
  const detail = { key: "blob", keyIds: [organisationId], organisationId };
  const body = { action: "key.created", requestId: context.requestId, detail } as const;
  const changes = [{ table: "blob_key", id: organisationId }];
  tx.record(makeEvent(organisationLog(organisationId), tx.now, requireActor(context), body, changes));
  return secret;
}
