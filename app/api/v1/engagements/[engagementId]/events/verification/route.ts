import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { verifyEngagementTrail } from "@/lib/services/trail/verify-trail";

export const GET = route({ bearer: "read", params: engagementParams }, ({ context, params }) =>
  verifyEngagementTrail(context, params.engagementId),
);
