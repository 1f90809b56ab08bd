import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeOrganisation } from "@/lib/auth/organisation";
import type { CreateEngagementInput } from "@/lib/contracts/engagement";
import { Failure } from "@/lib/contracts/failure";
import { insertEngagement } from "@/lib/data/engagements";
import { currentVersionId } from "@/lib/data/health";

/**
 * Creates an engagement of one's own organisation on the current catalogue, with oneself as lead.
 * @returns its id
 * @throws Failure forbidden, unavailable while no catalogue is loaded
 */
export function createEngagement(context: ServiceContext, input: CreateEngagementInput): Promise<{ id: string }> {
  return changeOrganisation(context, "engagement.create", async (tx) => {
    const catalogueVersion = await currentVersionId(tx);
    if (catalogueVersion === null)
      throw new Failure("unavailable", "The catalogue is not loaded yet.", { retryAfter: 5 });
    const { engagementId, memberId } = await insertEngagement(tx, input, catalogueVersion);
    tx.record(
      makeEvent(
        organisationLog(tx.organisationId),
        tx.now,
        tx.actor,
        {
          action: "engagement.created",
          requestId: context.requestId,
          engagementId,
          detail: { ...input, catalogueVersion },
        },
        [
          { table: "engagement", id: engagementId },
          { table: "engagement_member", id: memberId },
        ],
      ),
    );
    return { id: engagementId };
  });
}
