import type { IdentityTx } from "@/lib/db/kinds";

/** A live or ended session with the person behind it. */
export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly organisationId: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly stepUpAt: Date | null;
  readonly endedAt: Date | null;
  readonly disabled: boolean;
}

/** The session of a token's hash, or null. */
export async function findSession(tx: IdentityTx, tokenHash: string): Promise<SessionRow | null> {
  const row = await tx.db.session.findUnique({
    where: { tokenHash },
    include: { user: { include: { memberships: true } } },
  });
  if (!row) return null;
  return {
    id: row.id,
    userId: row.userId,
    userName: row.user.name,
    organisationId: row.user.memberships[0]?.organisationId ?? null,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    stepUpAt: row.stepUpAt,
    endedAt: row.endedAt,
    disabled: row.user.disabledAt !== null,
  };
}

/** Stores a new session. */
export async function insertSession(
  tx: IdentityTx,
  userId: string,
  tokenHash: string,
  userAgent: string,
): Promise<string> {
  const { id } = await tx.db.session.create({
    data: { userId, tokenHash, userAgent, createdAt: tx.now, lastSeenAt: tx.now },
  });
  return id;
}

/** Moves a session's last use forward. */
export async function touchSession(tx: IdentityTx, id: string): Promise<void> {
  await tx.db.session.updateMany({ where: { id, endedAt: null }, data: { lastSeenAt: tx.now } });
}

/** Ends a session; ending it twice changes nothing. Returns whether it was live. */
export async function endSession(tx: IdentityTx, id: string): Promise<boolean> {
  const { count } = await tx.db.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: tx.now } });
  return count === 1;
}

/** Ends all sessions of a person but one. */
export async function endOtherSessions(tx: IdentityTx, userId: string, keepId: string): Promise<void> {
  await tx.db.session.updateMany({
    where: { userId, endedAt: null, NOT: { id: keepId } },
    data: { endedAt: tx.now },
  });
}

/** Notes that the password was entered again, or uses that up. */
export async function setStepUp(tx: IdentityTx, id: string, at: Date | null): Promise<void> {
  await tx.db.session.updateMany({ where: { id, endedAt: null }, data: { stepUpAt: at } });
}

/** Uses up the password that was entered again at `at`. @returns whether it was still there */
export async function spendStepUp(tx: IdentityTx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.db.session.updateMany({
    where: { id, endedAt: null, stepUpAt: at },
    data: { stepUpAt: null },
  });
  return count === 1;
}
