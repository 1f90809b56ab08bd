import type { ServiceAccountDto, ServiceAccountsDto } from "@/lib/contracts/service-accounts";
import { namesOf, personRef } from "@/lib/data/people";
import { policyOf } from "@/lib/data/policies";
import { listServiceTokens, type ServiceAccountRow } from "@/lib/data/service-accounts";
import type { OrganisationTx } from "@/lib/db/kinds";
import { givenName, reviewDue } from "@/lib/domain/access/service-accounts";
import { apiTokenDto, serving } from "@/lib/services/account/api-token-dto";

/** Service accounts as administrators see them, with the tokens that serve. */
export async function serviceAccountDtos(
  tx: OrganisationTx,
  rows: readonly ServiceAccountRow[],
): Promise<ServiceAccountsDto> {
  const { values: policy } = await policyOf(tx, tx.organisationId);
  const ids = rows.map(({ userId }) => userId);
  const tokens = serving(await listServiceTokens(tx, ids), policy, tx.now);
  const names = await namesOf(
    tx,
    rows.flatMap(({ ownerId, createdById, reviewedById }) => [ownerId, createdById, reviewedById]),
  );
  const items = rows.map((row): ServiceAccountDto => {
    const due = reviewDue(row);
    return {
      id: row.userId,
      name: givenName(row.name),
      purpose: row.purpose,
      version: row.version,
      disabled: row.disabled,
      owner: { ...personRef(names, row.ownerId), left: row.ownerLeft },
      createdAt: row.createdAt.toISOString(),
      createdBy: personRef(names, row.createdById),
      reviewedAt: row.reviewedAt?.toISOString() ?? null,
      reviewedBy: row.reviewedById === null ? null : personRef(names, row.reviewedById),
      reviewDueAt: due.toISOString(),
      // Nothing is done by one that is disabled.
      reviewOverdue: !row.disabled && due <= tx.now,
      engagements: row.engagements,
      tokens: tokens.filter(({ userId }) => userId === row.userId).map((token) => apiTokenDto(token, policy)),
    };
  });
  return { items, mostDays: policy.tokenDays };
}
