import { newApiToken } from "@/lib/auth/api-token-text";
import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { tokenHash } from "@/lib/auth/session-token";
import type { MakeTokenInput, TokenMadeDto } from "@/lib/contracts/api-tokens";
import { Failure, fieldProblem, notFound } from "@/lib/contracts/failure";
import { revokeApiToken } from "@/lib/data/api-tokens";
import { policyOf } from "@/lib/data/policies";
import {
  findServiceAccount,
  holdServiceAccount,
  insertServiceToken,
  listServiceTokens,
  type ServiceAccountRow,
} from "@/lib/data/service-accounts";
import type { OrganisationTx } from "@/lib/db/kinds";
import { expiryOf, MOST_TOKENS, whyNoToken } from "@/lib/domain/security/token-life";
import { apiTokenDto, serving } from "@/lib/services/account/api-token-dto";

/**
 * Makes a token of a service account. It is shown in this reply and never again, so the reply is not kept for a repeated
 * request either.
 * @throws Failure not_found, forbidden, step_up_required, blocked, invalid
 */
export function makeServiceToken(
  context: ServiceContext,
  serviceId: string,
  input: MakeTokenInput,
): Promise<TokenMadeDto> {
  const token = newApiToken();
  return changeOrganisation({ ...context, idempotency: undefined }, "organisation.services", async (tx) => {
    await holdServiceAccount(tx, serviceId);
    const account = await findServiceAccount(tx, serviceId);
    if (!account) throw notFound();
    requireServing(account);
    const { values: policy } = await policyOf(tx, tx.organisationId);
    const refused = whyNoToken(policy, input.days);
    if (refused) throw policy.tokenDays === 0 ? new Failure("blocked", refused) : fieldProblem("days", refused);
    const { name, scope, days } = input;
    const engagementIds = input.engagementIds && [...new Set(input.engagementIds)];
    const places = account.engagements.map(({ id }) => id);
    if (engagementIds?.some((id) => !places.includes(id))) {
      throw fieldProblem("engagementIds", "Choose engagements in which the service account has a role.");
    }
    await requireRoom(tx, serviceId, policy);
    const expiresAt = expiryOf(tx.now, days);
    const made = { userId: serviceId, name, tokenHash: tokenHash(token), scope, engagementIds, expiresAt };
    const row = await insertServiceToken(tx, made);
    recordInOrganisation(context, tx, {
      action: "token.made",
      detail: { tokenId: row.id, scope, engagementIds, expiresAt: expiresAt.toISOString(), personId: serviceId },
      changes: [{ table: "api_token", id: row.id }],
    });
    return { ...apiTokenDto(row, policy), token };
  });
}

/**
 * Revokes a token of a service account: from the next request on it does not serve.
 * @throws Failure not_found, forbidden, step_up_required
 */
export function revokeServiceToken(context: ServiceContext, serviceId: string, tokenId: string): Promise<void> {
  return changeOrganisation(context, "organisation.services", async (tx) => {
    const account = await findServiceAccount(tx, serviceId);
    if (!account || !(await revokeApiToken(tx, serviceId, tokenId))) throw notFound();
    recordInOrganisation(context, tx, {
      action: "token.revoked",
      detail: { tokenId, personId: serviceId },
      changes: [{ table: "api_token", id: tokenId }],
    });
  });
}

/** @throws Failure wrong_state, blocked */
function requireServing({ disabled, ownerLeft }: ServiceAccountRow): void {
  if (disabled) throw new Failure("wrong_state", "The service account is disabled. Enable it first.");
  if (ownerLeft) {
    throw new Failure("blocked", "Nobody answers for this service account any more. Choose another owner first.");
  }
}

async function requireRoom(
  tx: OrganisationTx,
  serviceId: string,
  policy: Parameters<typeof serving>[1],
): Promise<void> {
  if (serving(await listServiceTokens(tx, [serviceId]), policy, tx.now).length < MOST_TOKENS) return;
  throw new Failure("blocked", `It has ${MOST_TOKENS} tokens. Revoke one that is not used any more.`);
}
