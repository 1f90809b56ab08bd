import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";

/** A passkey as it is stored. */
export interface PasskeyRow {
  readonly id: string;
  readonly userId: string;
  /** base64url, as WebAuthn writes it. */
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What a new passkey is made of. */
export type NewPasskey = Omit<PasskeyRow, "id" | "createdAt" | "lastUsedAt">;

/** What a challenge was made for. */
export type ChallengePurpose = "register" | "factor" | "sign_in" | "step_up";

/** A person's passkeys, the oldest first. */
export async function listPasskeys(tx: IdentityTx, userId: string): Promise<PasskeyRow[]> {
  const rows = await tx.db.passkey.findMany({ where: { userId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(passkeyOf);
}

/** The passkey of a credential id, whoever's it is. */
export async function findPasskey(tx: IdentityTx, credentialId: string): Promise<PasskeyRow | null> {
  const row = await tx.db.passkey.findUnique({ where: { credentialId } });
  return row && passkeyOf(row);
}

/** Stores a passkey. @returns its id */
export async function insertPasskey(tx: IdentityTx, passkey: NewPasskey): Promise<string> {
  const { id } = await tx.db.passkey.create({
    data: { ...passkey, transports: [...passkey.transports], createdAt: tx.now },
  });
  return id;
}

/** Notes a use with the authenticator's counter. */
export async function noteUseOfPasskey(tx: IdentityTx, id: string, counter: number, backedUp: boolean): Promise<void> {
  await tx.db.passkey.update({ where: { id }, data: { counter, backedUp, lastUsedAt: tx.now } });
}

/** Gives a passkey another name. @returns whether the person has it */
export async function renamePasskey(tx: IdentityTx, userId: string, id: string, name: string): Promise<boolean> {
  return (await tx.db.passkey.updateMany({ where: { id, userId }, data: { name } })).count === 1;
}

/** Takes a passkey away. @returns whether the person had it */
export async function deletePasskey(tx: IdentityTx, userId: string, id: string): Promise<boolean> {
  return (await tx.db.passkey.deleteMany({ where: { id, userId } })).count === 1;
}

/** Takes all passkeys of a person away. @returns their ids */
export async function deletePasskeys(tx: IdentityTx | OrganisationTx, userId: string): Promise<string[]> {
  const rows = await tx.db.passkey.findMany({ where: { userId }, select: { id: true } });
  await tx.db.passkey.deleteMany({ where: { userId } });
  return rows.map(({ id }) => id);
}

/** Keeps a challenge until it is answered or too old. Old ones of anybody are swept out on the way. */
export async function storeChallenge(
  tx: IdentityTx,
  challenge: { challengeHash: string; purpose: ChallengePurpose; sessionId: string | null; expiresAt: Date },
): Promise<void> {
  await tx.db.webauthnChallenge.deleteMany({ where: { expiresAt: { lte: tx.now } } });
  await tx.db.webauthnChallenge.create({ data: challenge });
}

/** Takes a challenge, once. @returns whether it was there for this purpose and session, and fresh */
export async function takeChallenge(
  tx: IdentityTx,
  challengeHash: string,
  purpose: ChallengePurpose,
  sessionId: string | null,
): Promise<boolean> {
  const { count } = await tx.db.webauthnChallenge.deleteMany({
    where: { challengeHash, purpose, sessionId, expiresAt: { gt: tx.now } },
  });
  return count === 1;
}

interface StoredPasskey extends Omit<PasskeyRow, "counter"> {
  readonly counter: bigint;
}

function passkeyOf(row: StoredPasskey): PasskeyRow {
  return { ...row, counter: Number(row.counter) };
}
