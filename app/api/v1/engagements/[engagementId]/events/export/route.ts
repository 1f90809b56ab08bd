import { jsonLinesResponse } from "@/lib/server/json-lines";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { exportEngagementTrail } from "@/lib/services/trail/export-trail";

export const GET = route({ params: engagementParams }, async ({ context, params }) => {
  const { name, lines } = await exportEngagementTrail(context, params.engagementId);
  return jsonLinesResponse(name, lines);
});
