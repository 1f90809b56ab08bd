import { updateEngagementInput } from "@/lib/contracts/engagement";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { changeSettings } from "@/lib/services/engagement/update-engagement";

export const GET = route({ bearer: "read", versionOf: "engagement", params: engagementParams }, ({ context, params }) =>
  readEngagement(context, params.engagementId),
);

export const PATCH = route(
  { versionOf: "engagement", params: engagementParams, body: updateEngagementInput },
  ({ context, params, body }) => changeSettings(context, params.engagementId, body),
);
