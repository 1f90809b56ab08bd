import { Failure } from "@/lib/contracts/failure";
import { Prisma } from "@/lib/db/generated/client";
import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";
import { LAST } from "@/lib/db/pipelined";
import { effectivePolicy, type SecurityPolicy } from "@/lib/domain/security/policy";
import type { SessionStage, SignInMethod } from "@/lib/domain/security/session-life";

/** A session with the person behind it. */
export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly organisationId: string | null;
  readonly stage: SessionStage;
  readonly methods: readonly SignInMethod[];
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly stepUpAt: Date | null;
  readonly endedAt: Date | null;
  readonly disabled: boolean;
  readonly policy: SecurityPolicy;
}

/** The session of a token's hash, or null. Every request asks for it, so it is the one statement of its transaction. */
export function findSession(tx: IdentityTx, tokenHash: string): Promise<SessionRow | null> {
  return readSession(tx, Prisma.sql`s.token_hash = ${tokenHash}`, LAST);
}

/** The session of an id, or null. */
export function findSessionOf(tx: IdentityTx, id: string): Promise<SessionRow | null> {
  return readSession(tx, Prisma.sql`s.id = ${id}::uuid`);
}

/** What a session's row is read with, by one statement. */
type StoredSession = Omit<SessionRow, "policy"> & { readonly values: Readonly<Record<string, unknown>> | null };

async function readSession(tx: IdentityTx, which: Prisma.Sql, place = Prisma.empty): Promise<SessionRow | null> {
  const [row] = await tx.db.$queryRaw<StoredSession[]>`${place}
    SELECT s.id, s.user_id AS "userId", u.name AS "userName", m.organisation_id AS "organisationId", s.stage, s.methods,
      s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.step_up_at AS "stepUpAt", s.ended_at AS "endedAt",
      u.disabled_at IS NOT NULL AS disabled, p.values
    FROM session s JOIN app_user u ON u.id = s.user_id
      LEFT JOIN membership m ON m.user_id = u.id
      LEFT JOIN organisation_policy p ON p.organisation_id = m.organisation_id
    WHERE ${which}`;
  if (!row) return null;
  const { values, ...session } = row;
  return { ...session, policy: effectivePolicy(values) };
}

/** Lets nobody else open a session for this person until the commit, so that those there are can be counted. */
export async function holdSessions(tx: IdentityTx | OrganisationTx, userId: string): Promise<void> {
  await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-sessions:' || ${userId}, 0))::text`;
}

/** What a new session begins with. */
export interface NewSession {
  readonly userId: string;
  readonly tokenHash: string;
  readonly stage: SessionStage;
  readonly methods: readonly SignInMethod[];
  readonly userAgent: string;
  readonly address: string;
}

/** Stores a new session. @returns its id */
export async function insertSession(tx: IdentityTx, session: NewSession): Promise<string> {
  const { id } = await tx.db.session.create({
    data: {
      ...session,
      methods: [...session.methods],
      userAgent: session.userAgent.slice(0, 300),
      createdAt: tx.now,
      lastSeenAt: tx.now,
      tokenChangedAt: tx.now,
    },
  });
  return id;
}

/**
 * Gives a session a new token, and what else changed with it. The token before is void at once.
 * @throws Failure sign_in_required when the session was ended meanwhile: what came with it is undone
 */
export async function renewSession(
  tx: IdentityTx,
  id: string,
  change: {
    readonly tokenHash: string;
    readonly stage?: SessionStage;
    readonly methods?: readonly SignInMethod[];
    readonly stepUpAt?: Date;
  },
): Promise<void> {
  const { methods, ...rest } = change;
  const { count } = await tx.db.session.updateMany({
    where: { id, endedAt: null },
    data: {
      ...rest,
      ...(methods ? { methods: [...methods] } : {}),
      tokenChangedAt: tx.now,
      lastSeenAt: tx.now,
    },
  });
  if (count !== 1) throw new Failure("sign_in_required", "This session has ended. Please sign in again.");
}

/** Moves a session's last use forward. */
export async function touchSession(tx: IdentityTx, id: string): Promise<void> {
  await tx.db.session.updateMany({ where: { id, endedAt: null }, data: { lastSeenAt: tx.now } });
}

/** A live session as its person sees it. */
export interface LiveSession {
  readonly id: string;
  readonly stage: SessionStage;
  readonly methods: readonly SignInMethod[];
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly userAgent: string;
  readonly address: string;
}

/** The sessions of a person that were not ended, the last used first. Some may be past their time. */
export async function listSessions(tx: IdentityTx, userId: string): Promise<LiveSession[]> {
  const rows = await tx.db.session.findMany({
    where: { userId, endedAt: null },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
  });
  return rows.map(({ id, stage, methods, createdAt, lastSeenAt, userAgent, address }) => ({
    id,
    stage: stage as SessionStage,
    methods: methods as SignInMethod[],
    createdAt,
    lastSeenAt,
    userAgent,
    address,
  }));
}

/**
 * Ends sessions; ending one twice changes nothing. A session that is being opened meanwhile is waited for, so that it ends
 * too, or sees what this transaction changed before.
 * @returns the ids of those that were live
 */
export async function endSessions(
  tx: IdentityTx | OrganisationTx,
  userId: string,
  which: { readonly only?: readonly string[]; readonly but?: string; readonly unfinished?: boolean } = {},
): Promise<string[]> {
  if (!which.only) await holdSessions(tx, userId);
  const rows = await tx.db.session.findMany({
    where: {
      userId,
      endedAt: null,
      ...(which.only ? { id: { in: [...which.only] } } : {}),
      ...(which.but ? { NOT: { id: which.but } } : {}),
      ...(which.unfinished ? { stage: { not: "full" } } : {}),
    },
    select: { id: true },
  });
  const ids = rows.map(({ id }) => id);
  await tx.db.session.updateMany({ where: { id: { in: ids } }, data: { endedAt: tx.now } });
  return ids;
}

/** Uses up the step-up that was made at `at`. @returns whether it was still there */
export async function spendStepUp(tx: IdentityTx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.db.session.updateMany({
    where: { id, endedAt: null, stepUpAt: at },
    data: { stepUpAt: null },
  });
  return count === 1;
}
