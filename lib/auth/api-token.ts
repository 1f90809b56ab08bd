import { isApiToken } from "@/lib/auth/api-token-text";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { answerDenial } from "@/lib/auth/denial";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { Actor } from "@/lib/contracts/request-context";
import { type ApiTokenRow, findApiToken, findApiTokenById, noteApiTokenUse } from "@/lib/data/api-tokens";
import { findTokenHolder, type TokenHolder } from "@/lib/data/credentials";
import { isLocked } from "@/lib/data/sign-in-guard";
import type { IdentityTx } from "@/lib/db/kinds";
import type { TokenFailure } from "@/lib/domain/audit/token-details";
import { tokenEnds } from "@/lib/domain/security/token-life";

/** A token that was refused: why, and whose it is as far as that is known. */
export interface RefusedToken {
  readonly reason: TokenFailure;
  readonly tokenId: string | null;
  readonly userId: string | null;
  readonly organisationId: string | null;
}

/** Who acts by a token, or why nobody does. */
export type ShownToken = { readonly actor: Actor } | { readonly refused: RefusedToken };

/**
 * The person or service account whose token this is: acting as themselves, limited to what the token is for, and with nothing shown again.
 * Each request asks anew, so that a token stops with its person: locked, disabled, or with a password that was ended.
 */
export async function actorOfApiToken(context: ServiceContext, text: string): Promise<ShownToken> {
  if (!isApiToken(text)) return refusedOf("malformed", null, null);
  return inIdentity(context, async (tx): Promise<ShownToken> => {
    const token = await findApiToken(tx, tokenHash(text));
    if (!token) return refusedOf("unknown", null, null);
    const judged = await judge(tx, token);
    if ("actor" in judged) await noteApiTokenUse(tx, token);
    return judged;
  });
}

/**
 * The person by whose token something was asked for that is done now; null once the token does not serve any more. It is no
 * use of the token, which nobody shows.
 */
export async function actorOfTokenId(context: ServiceContext, tokenId: string): Promise<Actor | null> {
  return inIdentity(context, async (tx) => {
    const token = await findApiTokenById(tx, tokenId);
    const judged = token && (await judge(tx, token));
    return judged && "actor" in judged ? judged.actor : null;
  });
}

async function judge(tx: IdentityTx, token: ApiTokenRow): Promise<ShownToken> {
  const account = await findTokenHolder(tx, token.userId);
  if (!account || account.disabled || account.organisationId === null) return refusedOf("disabled", token, account);
  const why = endedBecause(token, account, tx.now);
  if (why) return refusedOf(why, token, account);
  if (await isLocked(tx, token.userId)) return refusedOf("locked", token, account);
  const { userId, name, organisationId } = account;
  const { id, scope, engagementIds } = token;
  return {
    actor: { userId, name, organisationId, sessionId: "", stepUpAt: null, token: { id, scope, engagementIds } },
  };
}

function endedBecause(token: ApiTokenRow, { policy, mustChange }: TokenHolder, now: Date): TokenFailure | null {
  if (token.revokedAt !== null) return "revoked";
  if (policy.tokenDays === 0) return "forbidden";
  if (tokenEnds(token, policy) <= now) return "expired";
  return mustChange ? "password_ended" : null;
}

function refusedOf(reason: TokenFailure, token: ApiTokenRow | null, account: TokenHolder | null): ShownToken {
  const { id = null, userId = null } = token ?? {};
  return { refused: { reason, tokenId: id, userId, organisationId: account?.organisationId ?? null } };
}

/**
 * Leaves the event of a token that was refused, on the chain of its person's organisation or, without one, on the
 * service's. @returns the one answer to all of them, which does not tell whether there is such a token
 */
export async function recordRefusedToken(context: ServiceContext, refused: RefusedToken): Promise<Failure> {
  const { organisationId, ...detail } = refused;
  await changeIdentity(context, async (tx) => {
    const log = organisationId ? organisationLog(organisationId) : SYSTEM_LOG;
    tx.record(makeEvent(log, tx.now, null, { action: "token.failed", requestId: context.requestId, detail }));
  });
  return new Failure(
    "invalid_token",
    "This API token does not serve: it is not one of ours, has expired or was revoked, or its account is locked or closed. Make a new one: on your account page, or for a service account under Organisation.",
  );
}

/** The answer to a token at an address that is for people alone, or for tokens of scope `write`; it is a denial, and so an event. */
export async function denyToken(context: SignedInContext, reason: string): Promise<unknown> {
  const { actor } = context;
  const attempt = { action: "token.use", reference: { tokenId: actor.token?.id ?? null } } as const;
  return answerDenial(context, actor, attempt, new Failure("forbidden", reason));
}
