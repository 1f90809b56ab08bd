import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import type { EngagementDto } from "@/lib/contracts/engagement";
import { findEngagement } from "@/lib/data/engagements";
import { engagementDto } from "@/lib/services/engagement/engagement-dto";

/** An engagement, for its members and the administrators of both sides. @throws Failure not_found */
export function readEngagement(context: ServiceContext, engagementId: string): Promise<EngagementDto> {
  return readScope(context, "engagement.read", { engagementId }, async (tx, grant) =>
    engagementDto(await findEngagement(tx), grant),
  );
}
