import { estimateQuery } from "@/lib/contracts/export";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { estimate } from "@/lib/services/export/estimate-export";

export const GET = route(
  { bearer: "read", params: engagementParams, query: estimateQuery },
  ({ context, params, query }) => estimate(context, params.engagementId, query),
);
