import type { MeDto } from "@/lib/contracts/session";
import { organisationRef } from "@/lib/data/organisations";
import type { IdentityTx } from "@/lib/db/kinds";
import type { OrganisationRole } from "@/lib/domain/access/roles";
import { ssoStanding } from "@/lib/domain/security/single-sign-on";

/** A person with their organisation, or null. */
export async function findMe(
  tx: IdentityTx,
  userId: string,
): Promise<Omit<MeDto, "steppedUpUntil" | "engagements" | "moreEngagements"> | null> {
  const row = await tx.db.user.findUnique({
    where: { id: userId },
    include: { memberships: { include: { organisation: { include: { sso: { omit: { clientSecret: true } } } } } } },
  });
  const membership = row?.memberships[0];
  if (!row || !membership) return null;
  const { sso } = membership.organisation;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    organisation: organisationRef(membership.organisation),
    organisationRole: membership.role as OrganisationRole,
    singleSignOn: mustUse(sso, userId, row.email) ? (sso?.id ?? null) : null,
  };
}

/** Whether somebody has to come in by the organisation's single sign-on; a service account never comes in. */
function mustUse(sso: Parameters<typeof ssoStanding>[0], userId: string, email: string | null): boolean {
  return email !== null && ssoStanding(sso, { userId, email }) === "required";
}
