import { readinessQuery } from "@/lib/contracts/readiness";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { readReadiness } from "@/lib/services/readiness/read-readiness";

export const GET = route(
  { bearer: "read", params: engagementParams, query: readinessQuery },
  ({ context, params, query }) => readReadiness(context, params.engagementId, query),
);
