import { jsonLinesResponse } from "@/lib/server/json-lines";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { exportEngagement } from "@/lib/services/export/export-engagement";

export const GET = route({ params: engagementParams }, async ({ context, params }) => {
  const { name, lines } = await exportEngagement(context, runtime().evidence.store, params.engagementId);
  return jsonLinesResponse(name, lines);
});
