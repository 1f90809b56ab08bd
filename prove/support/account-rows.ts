import { randomUUID } from "node:crypto";
import type pg from "pg";
import { newApiToken } from "@/lib/auth/api-token-text";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import type { TokenScope } from "@/lib/domain/access/token-rights";
import { unguarded } from "./sql";

/** Something that is opened by a link, with the token of the link. */
export interface PutLink {
  readonly id: string;
  readonly token: string;
}

/** Puts an invitation down that nobody has used. */
export async function putInvitation(sql: pg.Client, organisationId: string, invitedById: string): Promise<PutLink> {
  const [id, token] = [randomUUID(), newToken()];
  await unguarded(sql, () =>
    sql.query(
      `INSERT INTO invitation (id, organisation_id, email, name, role, token_hash, invited_by_id, expires_at)
       VALUES ($1, $2, $3, 'Newcomer', 'member', $4, $5, now() + interval '1 day')`,
      [id, organisationId, `${id}@proof.example`, tokenHash(token), invitedById],
    ),
  );
  return { id, token };
}

/** Puts a link for a new password down. */
export async function putPasswordReset(sql: pg.Client, userId: string): Promise<PutLink> {
  const [id, token] = [randomUUID(), newToken()];
  await unguarded(sql, () =>
    sql.query(
      `INSERT INTO password_reset (id, user_id, token_hash, created_at, expires_at)
       VALUES ($1, $2, $3, now(), now() + interval '1 hour')`,
      [id, userId, tokenHash(token)],
    ),
  );
  return { id, token };
}

/** Puts a request down to take somebody's second factors away. @returns its id */
export async function putFactorReset(
  sql: pg.Client,
  person: { readonly organisationId: string; readonly userId: string },
  requestedById: string,
): Promise<string> {
  const id = randomUUID();
  await unguarded(sql, () =>
    sql.query(
      `INSERT INTO factor_reset (id, organisation_id, user_id, requested_by_id, reason, created_at, expires_at)
       VALUES ($1, $2, $3, $4, 'The phone is lost.', now(), now() + interval '1 day')`,
      [id, person.organisationId, person.userId, requestedById],
    ),
  );
  return id;
}

/** Puts an authenticator app down that nobody will show a code of. */
export async function putApp(
  sql: pg.Client,
  person: { readonly organisationId: string; readonly userId: string },
): Promise<void> {
  await unguarded(sql, () =>
    sql.query(
      `INSERT INTO totp_factor (user_id, organisation_id, secret, last_step, created_at, confirmed_at)
       VALUES ($1, $2, '', 0, now(), now())`,
      [person.userId, person.organisationId],
    ),
  );
}

/** Puts a passkey down that nobody can show. @returns its id */
export async function putPasskey(sql: pg.Client, userId: string): Promise<string> {
  const id = randomUUID();
  await unguarded(sql, () =>
    sql.query(
      `INSERT INTO passkey (id, user_id, credential_id, public_key, counter, transports, backed_up, name, created_at)
       VALUES ($1, $2, $3, '\\x00', 0, '{}', false, 'Laptop', now())`,
      [id, userId, id],
    ),
  );
  return id;
}

/** Puts an API token of a person down. @returns its id, and the token */
export async function putApiToken(
  sql: pg.Client,
  userId: string,
  scope: TokenScope = "read",
  engagementIds: readonly string[] = [],
): Promise<PutLink> {
  const [id, token] = [randomUUID(), newApiToken()];
  await unguarded(sql, () =>
    sql.query(
      `INSERT INTO api_token (id, user_id, name, token_hash, scope, everywhere, engagement_ids, created_at, expires_at)
       VALUES ($1, $2, 'CI', $3, $4, $5, $6, now(), now() + interval '1 day')`,
      [id, userId, tokenHash(token), scope, engagementIds.length === 0, engagementIds],
    ),
  );
  return { id, token };
}

/** Puts a service account of a company down, with somebody to answer for it. @returns its id */
export async function putServiceAccount(sql: pg.Client, organisationId: string, ownerId: string): Promise<string> {
  const id = randomUUID();
  await unguarded(sql, async () => {
    await sql.query("INSERT INTO app_user (id, name) VALUES ($1, $2)", [id, `Program ${id} (service account)`]);
    await sql.query(
      "INSERT INTO membership (id, organisation_id, user_id, role) VALUES (gen_random_uuid(), $1, $2, 'member')",
      [organisationId, id],
    );
    await sql.query(
      `INSERT INTO service_account (user_id, organisation_id, purpose, owner_id, created_by_id, created_at)
       VALUES ($1, $2, 'A program of the proofs.', $3, $3, now())`,
      [id, organisationId, ownerId],
    );
  });
  return id;
}

/** Locks an account, as after too many failures. */
export async function lockAccount(sql: pg.Client, userId: string): Promise<void> {
  await sql.query(
    `INSERT INTO sign_in_guard (user_id, failed_attempts, locked_until) VALUES ($1, 6, now() + interval '1 hour')`,
    [userId],
  );
}
