import { bulkAssignInput } from "@/lib/contracts/disposition";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { bulkAssign } from "@/lib/services/disposition/bulk-assign";

export const POST = route(
  { bearer: "write", params: engagementParams, body: bulkAssignInput },
  ({ context, params, body }) => bulkAssign(context, params.engagementId, body),
);
