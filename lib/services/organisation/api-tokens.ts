import type { ServiceContext } from "@/lib/auth/context";
import { changePerson, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import type { PersonTokenDto } from "@/lib/contracts/api-tokens";
import { notFound } from "@/lib/contracts/failure";
import type { Collection } from "@/lib/contracts/paging";
import { listApiTokensHere, revokeApiToken } from "@/lib/data/api-tokens";
import { namesOf, personRef } from "@/lib/data/people";
import { policyOf } from "@/lib/data/policies";
import { apiTokenDto, serving } from "@/lib/services/account/api-token-dto";

/** The tokens of one's organisation's people that serve, the newest first, for its administrators. */
export function readPeoplesTokens(context: ServiceContext): Promise<Collection<PersonTokenDto>> {
  return readOrganisation(context, "organisation.accounts", async (tx) => {
    const { values } = await policyOf(tx, tx.actor.organisationId);
    const tokens = serving(await listApiTokensHere(tx), values, tx.now);
    const names = await namesOf(
      tx,
      tokens.map(({ userId }) => userId),
    );
    const items = tokens.map((token) => ({ ...apiTokenDto(token, values), person: personRef(names, token.userId) }));
    return { total: items.length, items };
  });
}

/**
 * Revokes a token of somebody in one's organisation; one's own is revoked on the account page.
 * @throws Failure not_found, forbidden for one's own, step_up_required
 */
export async function revokePersonsToken(context: ServiceContext, tokenId: string): Promise<void> {
  await changePerson(context, { tokenId }, async (tx, { userId }) => {
    if (!(await revokeApiToken(tx, userId, tokenId))) throw notFound();
    recordInOrganisation(context, tx, {
      action: "token.revoked",
      detail: { tokenId, personId: userId },
      changes: [{ table: "api_token", id: tokenId }],
    });
  });
}
