import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import type { EngagementDto, UpdateEngagementInput } from "@/lib/contracts/engagement";
import { Failure } from "@/lib/contracts/failure";
import { findEngagement, updateEngagement } from "@/lib/data/engagements";
import { engagementDto } from "@/lib/services/engagement/engagement-dto";

/** Saves an engagement's settings. @throws Failure stale with the stored engagement */
export function changeSettings(
  context: ServiceContext,
  engagementId: string,
  input: UpdateEngagementInput,
): Promise<EngagementDto> {
  return changeScope(context, "engagement.settings", { engagementId }, "none", async (tx, grant) => {
    const { name, periodStart, periodEnd, dueOn, internalReview } = engagementDto(await findEngagement(tx), grant);
    if (!(await updateEngagement(tx, input))) {
      const current = engagementDto(await findEngagement(tx), grant);
      throw new Failure("stale", "Somebody else changed these settings meanwhile.", { current });
    }
    recordInEngagement(context, tx, {
      action: "engagement.settings_changed",
      detail: { ...input, before: { name, periodStart, periodEnd, dueOn, internalReview } },
      changes: [{ table: "engagement", id: engagementId }],
    });
    return engagementDto(await findEngagement(tx), grant);
  });
}
