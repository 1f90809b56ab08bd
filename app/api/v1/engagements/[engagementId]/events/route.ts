import { trailQuery } from "@/lib/contracts/trail";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { readEngagementTrail } from "@/lib/services/trail/read-trail";

export const GET = route(
  { bearer: "read", params: engagementParams, query: trailQuery },
  ({ context, params, query }) => readEngagementTrail(context, params.engagementId, query),
);
