import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";
import type { TokenScope } from "@/lib/domain/access/token-rights";

/** A token as it is stored; of the token itself nothing but its hash is. */
export interface ApiTokenRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly scope: TokenScope;
  /** Null for all of its person. */
  readonly engagementIds: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

/** What a token begins with. */
export interface NewApiToken {
  readonly userId: string;
  readonly name: string;
  readonly tokenHash: string;
  readonly scope: TokenScope;
  readonly engagementIds: readonly string[] | null;
  readonly expiresAt: Date;
}

/** Everything but the hash, which an administrator's transaction may not read. */
export const SHOWN_TOKEN = {
  id: true,
  userId: true,
  name: true,
  scope: true,
  everywhere: true,
  engagementIds: true,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
  use: { select: { lastUsedAt: true } },
} as const;

interface StoredToken {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly scope: string;
  readonly everywhere: boolean;
  readonly engagementIds: string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly use: { readonly lastUsedAt: Date } | null;
}

/** A token as it was read. */
export function tokenOf({ scope, everywhere, engagementIds, use, ...rest }: StoredToken): ApiTokenRow {
  return {
    ...rest,
    scope: scope as TokenScope,
    engagementIds: everywhere ? null : engagementIds,
    lastUsedAt: use?.lastUsedAt ?? null,
  };
}

/** Stores a new token. @returns its id */
export async function insertApiToken(tx: IdentityTx, token: NewApiToken): Promise<ApiTokenRow> {
  const { engagementIds, ...rest } = token;
  const row = await tx.db.apiToken.create({
    data: { ...rest, everywhere: engagementIds === null, engagementIds: [...(engagementIds ?? [])], createdAt: tx.now },
    select: SHOWN_TOKEN,
  });
  return tokenOf(row);
}

/** The token of a hash, or null. */
export async function findApiToken(tx: IdentityTx, tokenHash: string): Promise<ApiTokenRow | null> {
  const row = await tx.db.apiToken.findUnique({ where: { tokenHash }, select: SHOWN_TOKEN });
  return row && tokenOf(row);
}

/** A token that the transaction sees, or null. */
export async function findApiTokenById(tx: IdentityTx | OrganisationTx, id: string): Promise<ApiTokenRow | null> {
  const row = await tx.db.apiToken.findUnique({ where: { id }, select: SHOWN_TOKEN });
  return row && tokenOf(row);
}

/** The tokens of a person that were not revoked, the newest first; some may be past their time. */
export async function listApiTokens(tx: IdentityTx, userId: string): Promise<ApiTokenRow[]> {
  const rows = await tx.db.apiToken.findMany({
    where: { userId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: SHOWN_TOKEN,
  });
  return rows.map(tokenOf);
}

/** The tokens of the organisation's people, not of its service accounts, that were not revoked and are not past their time, the newest first. */
export async function listApiTokensHere(tx: OrganisationTx): Promise<ApiTokenRow[]> {
  const rows = await tx.db.apiToken.findMany({
    where: { revokedAt: null, expiresAt: { gt: tx.now }, user: { email: { not: null } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: SHOWN_TOKEN,
  });
  return rows.map(tokenOf);
}

/** Revokes a token of a person. @returns false where it is not theirs, or revoked already */
export async function revokeApiToken(tx: IdentityTx | OrganisationTx, userId: string, id: string): Promise<boolean> {
  const { count } = await tx.db.apiToken.updateMany({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: tx.now },
  });
  return count === 1;
}

/** Revokes all tokens of a person. @returns the ids of those that were revoked by it */
export async function revokeApiTokensOf(tx: IdentityTx | OrganisationTx, userId: string): Promise<string[]> {
  const rows = await tx.db.apiToken.findMany({ where: { userId, revokedAt: null }, select: { id: true } });
  const ids = rows.map(({ id }) => id);
  await tx.db.apiToken.updateMany({ where: { id: { in: ids } }, data: { revokedAt: tx.now } });
  return ids;
}

/** Notes a use, to the minute: of many in one minute only the first writes. */
export async function noteApiTokenUse(tx: IdentityTx, token: ApiTokenRow): Promise<void> {
  const minute = new Date(Math.floor(tx.now.getTime() / 60_000) * 60_000);
  if (token.lastUsedAt !== null && token.lastUsedAt >= minute) return;
  await tx.db.$executeRaw`INSERT INTO api_token_use (token_id, user_id, last_used_at)
    VALUES (${token.id}::uuid, ${token.userId}::uuid, ${minute}::timestamptz)
    ON CONFLICT (token_id) DO UPDATE SET last_used_at = excluded.last_used_at
    WHERE api_token_use.last_used_at < excluded.last_used_at`;
}

/** Lets nobody else make a token for this person until the commit, so that those there are can be counted. */
export async function holdApiTokens(tx: IdentityTx, userId: string): Promise<void> {
  await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-tokens:' || ${userId}, 0))::text`;
}
