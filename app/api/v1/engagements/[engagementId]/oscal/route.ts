import { oscalQuery } from "@/lib/contracts/oscal";
import { oscalResponse } from "@/lib/server/oscal-response";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { exportEngagementOscal } from "@/lib/services/export/export-oscal";

export const GET = route(
  { bearer: "read", params: engagementParams, query: oscalQuery },
  async ({ context, params, query }) => oscalResponse(await exportEngagementOscal(context, params.engagementId, query)),
);
