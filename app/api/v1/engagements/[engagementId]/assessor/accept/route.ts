import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { acceptEngagement } from "@/lib/services/engagement/invite-assessor";

export const POST = route({ versionOf: "engagement", params: engagementParams }, ({ context, params }) =>
  acceptEngagement(context, params.engagementId),
);
