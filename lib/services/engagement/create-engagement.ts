import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import type { CreateEngagementInput } from "@/lib/contracts/engagement";
import { Failure } from "@/lib/contracts/failure";
import { insertEngagement } from "@/lib/data/engagements";
import { currentVersionId } from "@/lib/data/health";
import { findOrganisation } from "@/lib/data/organisations";

/**
 * Creates an engagement of one's own organisation on the current catalogue, with oneself as lead.
 * @returns its id
 * @throws Failure forbidden, unavailable while no catalogue is loaded
 */
export function createEngagement(context: ServiceContext, input: CreateEngagementInput): Promise<{ id: string }> {
  return changeOrganisation(context, "engagement.create", async (tx) => {
    if ((await findOrganisation(tx, tx.organisationId))?.kind !== "entity") {
      throw new Failure("forbidden", "Entities create their own engagements; an assessor company is invited to them.");
    }
    const catalogueVersion = await currentVersionId(tx);
    if (catalogueVersion === null)
      throw new Failure("unavailable", "The catalogue is not loaded yet.", { retryAfter: 5 });
    const { engagementId, memberId } = await insertEngagement(tx, input, catalogueVersion);
    recordInOrganisation(context, tx, {
      action: "engagement.created",
      engagementId,
      detail: { ...input, catalogueVersion },
      changes: [
        { table: "engagement", id: engagementId },
        { table: "engagement_member", id: memberId },
      ],
    });
    return { id: engagementId };
  });
}
