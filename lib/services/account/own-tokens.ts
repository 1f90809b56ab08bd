import { newApiToken } from "@/lib/auth/api-token-text";
import type { SignedInContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { tokenHash } from "@/lib/auth/session-token";
import { requireStepUp } from "@/lib/auth/step-up";
import type { ApiTokensDto, MakeTokenInput, TokenMadeDto } from "@/lib/contracts/api-tokens";
import { Failure, fieldProblem } from "@/lib/contracts/failure";
import { holdApiTokens, insertApiToken, listApiTokens, revokeApiToken } from "@/lib/data/api-tokens";
import { findAccountOf } from "@/lib/data/credentials";
import { listEngagementIds } from "@/lib/data/engagements";
import { loadStanding } from "@/lib/data/facts";
import type { IdentityTx } from "@/lib/db/kinds";
import { BUILT_IN_POLICY, type SecurityPolicy } from "@/lib/domain/security/policy";
import { expiryOf, MOST_TOKENS, whyNoToken } from "@/lib/domain/security/token-life";
import { apiTokenDto, serving } from "@/lib/services/account/api-token-dto";

/** One's own tokens that serve, the newest first. */
export function listOwnTokens(context: SignedInContext): Promise<ApiTokensDto> {
  const { userId } = context.actor;
  return inIdentity(context, async (tx) => {
    const policy = await policyOf(tx, userId);
    const tokens = serving(await listApiTokens(tx, userId), policy, tx.now);
    return { items: tokens.map((token) => apiTokenDto(token, policy)), mostDays: policy.tokenDays };
  });
}

/**
 * Makes a token, which is shown in this reply and never again; so the reply is not kept for a repeated request either.
 * @throws Failure step_up_required, blocked where the policy allows none or there are too many, invalid
 */
export async function makeToken(context: SignedInContext, input: MakeTokenInput): Promise<TokenMadeDto> {
  await requireStepUp(context, "account.tokens");
  const { actor } = context;
  const token = newApiToken();
  return changeIdentity(context, async (tx) => {
    await holdApiTokens(tx, actor.userId);
    const policy = await policyOf(tx, actor.userId);
    requireAllowed(policy, input.days);
    const { name, scope, days } = input;
    const engagementIds = input.engagementIds && [...new Set(input.engagementIds)];
    if (engagementIds) await requireOwn(tx, context, engagementIds);
    if (serving(await listApiTokens(tx, actor.userId), policy, tx.now).length >= MOST_TOKENS) {
      throw new Failure("blocked", `You have ${MOST_TOKENS} tokens. Revoke one that is not used any more.`);
    }
    const expiresAt = expiryOf(tx.now, days);
    const made = { userId: actor.userId, name, tokenHash: tokenHash(token), scope, engagementIds, expiresAt };
    const row = await insertApiToken(tx, made);
    tx.record(
      makeEvent(
        organisationLog(actor.organisationId),
        tx.now,
        actor,
        {
          action: "token.made",
          requestId: context.requestId,
          detail: { tokenId: row.id, scope, engagementIds, expiresAt: expiresAt.toISOString() },
        },
        [{ table: "api_token", id: row.id }],
      ),
    );
    return { ...apiTokenDto(row, policy), token };
  });
}

/** Revokes a token of one's own: from the next request on it does not serve. @throws Failure not_found */
export async function revokeOwnToken(context: SignedInContext, tokenId: string): Promise<void> {
  const { actor } = context;
  await changeIdentity(context, async (tx) => {
    if (!(await revokeApiToken(tx, actor.userId, tokenId))) {
      throw new Failure("not_found", "There is no such token, or it was revoked already.");
    }
    tx.record(
      makeEvent(
        organisationLog(actor.organisationId),
        tx.now,
        actor,
        {
          action: "token.revoked",
          requestId: context.requestId,
          detail: { tokenId, personId: actor.userId },
        },
        [{ table: "api_token", id: tokenId }],
      ),
    );
  });
}

async function policyOf(tx: IdentityTx, userId: string): Promise<SecurityPolicy> {
  return (await findAccountOf(tx, userId))?.policy ?? BUILT_IN_POLICY;
}

function requireAllowed(policy: SecurityPolicy, days: number): void {
  const refused = whyNoToken(policy, days);
  if (refused) throw policy.tokenDays === 0 ? new Failure("blocked", refused) : fieldProblem("days", refused);
}

/** A token is limited to engagements that its person comes to; others, and those that are not there, are refused alike. */
async function requireOwn(tx: IdentityTx, { actor }: SignedInContext, wanted: readonly string[]): Promise<void> {
  const { role } = await loadStanding(tx, actor.userId);
  const own = await listEngagementIds(tx, actor.userId, actor.organisationId, role === "admin");
  if (wanted.every((id) => own.includes(id))) return;
  const message = "Choose engagements of your own.";
  throw new Failure("invalid", message, { errors: [{ path: "engagementIds", message }] });
}
