import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { readScopeResult } from "@/lib/services/scope/read-scope";

export const GET = route({ bearer: "read", params: engagementParams }, ({ context, params }) =>
  readScopeResult(context, params.engagementId),
);
