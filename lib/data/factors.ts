import type { IdentityTx, OrganisationTx, SystemTx } from "@/lib/db/kinds";

/** What a person can show beside a password. */
export interface FactorSummary {
  readonly totp: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
}

/** What a person can show beside a password; an app that was not confirmed does not count. */
export async function summariseFactors(tx: IdentityTx, userId: string): Promise<FactorSummary> {
  const totp = await tx.db.totpFactor.count({ where: { userId, confirmedAt: { not: null } } });
  const passkeys = await tx.db.passkey.count({ where: { userId } });
  const recoveryCodesLeft = await tx.db.recoveryCode.count({ where: { userId, usedAt: null } });
  return { totp: totp > 0, passkeys, recoveryCodesLeft };
}

/** Whether a person has a factor that a sign-in can ask for. Recovery codes stand in for one, and are none. */
export function hasFactor({ totp, passkeys }: FactorSummary): boolean {
  return totp || passkeys > 0;
}

/** A person's app: its sealed seed, whether it was confirmed, and the last time step that was taken. */
export interface TotpRow {
  readonly secret: string;
  readonly confirmed: boolean;
  readonly createdAt: Date;
  readonly lastStep: number;
}

/** A person's app, or null. */
export async function findTotp(tx: IdentityTx, userId: string): Promise<TotpRow | null> {
  const row = await tx.db.totpFactor.findUnique({ where: { userId } });
  if (!row) return null;
  const { secret, confirmedAt, createdAt, lastStep } = row;
  return { secret, confirmed: confirmedAt !== null, createdAt, lastStep: Number(lastStep) };
}

/** Stores the sealed seed of an app that is still to be confirmed; one that was not confirmed gives way. */
export async function storeTotp(
  tx: IdentityTx,
  { userId, organisationId }: { readonly userId: string; readonly organisationId: string },
  secret: string,
): Promise<void> {
  const fresh = { organisationId, secret, lastStep: 0n, createdAt: tx.now, confirmedAt: null };
  await tx.db.totpFactor.upsert({ where: { userId }, create: { userId, ...fresh }, update: fresh });
}

/** Takes a time step, once: of several clients with the same code one gets it. @returns whether it was free */
export async function takeTotpStep(tx: IdentityTx, userId: string, step: number): Promise<boolean> {
  const { count } = await tx.db.totpFactor.updateMany({
    where: { userId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/** Marks an app as confirmed. */
export async function confirmTotp(tx: IdentityTx, userId: string): Promise<void> {
  await tx.db.totpFactor.update({ where: { userId }, data: { confirmedAt: tx.now } });
}

/** Takes a person's app away. @returns whether there was one */
export async function deleteTotp(tx: IdentityTx | OrganisationTx, userId: string): Promise<boolean> {
  return (await tx.db.totpFactor.deleteMany({ where: { userId } })).count === 1;
}

/** Replaces a person's recovery codes. @returns the ids of the rows that went and that came */
export async function replaceRecoveryCodes(
  tx: IdentityTx | SystemTx,
  userId: string,
  hashes: readonly string[],
): Promise<string[]> {
  const before = await deleteRecoveryCodes(tx, userId);
  const made = await tx.db.recoveryCode.createManyAndReturn({
    data: hashes.map((codeHash) => ({ userId, codeHash, createdAt: tx.now })),
    select: { id: true },
  });
  return [...before, ...made.map(({ id }) => id)];
}

/** Takes a person's recovery codes away. @returns their ids */
export async function deleteRecoveryCodes(
  tx: IdentityTx | SystemTx | OrganisationTx,
  userId: string,
): Promise<string[]> {
  const rows = await tx.db.recoveryCode.findMany({ where: { userId }, select: { id: true } });
  await tx.db.recoveryCode.deleteMany({ where: { userId } });
  return rows.map(({ id }) => id);
}

/** Uses a recovery code up, once. @returns its id, or null when there is no such code left */
export async function takeRecoveryCode(tx: IdentityTx, userId: string, codeHash: string): Promise<string | null> {
  const row = await tx.db.recoveryCode.findFirst({ where: { userId, codeHash, usedAt: null }, select: { id: true } });
  if (!row) return null;
  const { count } = await tx.db.recoveryCode.updateMany({
    where: { id: row.id, usedAt: null },
    data: { usedAt: tx.now },
  });
  return count === 1 ? row.id : null;
}
