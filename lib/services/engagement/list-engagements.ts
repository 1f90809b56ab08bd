import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import { couldDo, readListed } from "@/lib/auth/scope";
import type { EngagementSummaryDto, ProgressDto } from "@/lib/contracts/engagement";
import type { Collection } from "@/lib/contracts/paging";
import { findEngagement, listEngagementIds } from "@/lib/data/engagements";
import { loadStanding } from "@/lib/data/facts";
import { workbookDto } from "@/lib/services/disposition/read-workbook";
import { engagementDto } from "@/lib/services/engagement/engagement-dto";

const NO_PROGRESS: ProgressDto = {
  total: 0,
  settled: 0,
  waitingForEntity: 0,
  waitingForAssessor: 0,
  undecided: 0,
  brokenSignOffs: 0,
};

/**
 * The engagements that the signed-in person takes part in or administers, with their progress; newest first. One in which
 * every role of the person has ceased to count, as an ISA's does beside an assessor company, is left out.
 */
export async function readEngagements(context: ServiceContext): Promise<Collection<EngagementSummaryDto>> {
  const { userId, organisationId } = requireActor(context);
  const ids = await inIdentity(context, async (tx) => {
    const { role } = await loadStanding(tx, userId);
    return listEngagementIds(tx, userId, organisationId, role === "admin");
  });
  const items: EngagementSummaryDto[] = [];
  for (const engagementId of ids) {
    const item = await readListed(context, "engagement.read", { engagementId }, async (tx, grant) => {
      // An administrator of either side sees that the engagement exists, but not its workbook.
      const mayRead = couldDo(grant, "disposition.read", null);
      const progress = mayRead ? (await workbookDto(tx, grant)).progress : NO_PROGRESS;
      return { ...engagementDto(await findEngagement(tx), grant), progress };
    });
    if (item) items.push(item);
  }
  return { total: items.length, items };
}
