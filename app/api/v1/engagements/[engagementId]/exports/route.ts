import { exportListQuery, exportRequest } from "@/lib/contracts/export";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listOwnExports } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";

export const GET = route(
  { bearer: "read", params: engagementParams, query: exportListQuery },
  ({ context, params, query }) => listOwnExports(context, params.engagementId, query),
);

export const POST = route(
  { bearer: "write", params: engagementParams, body: exportRequest, status: 202 },
  ({ context, params, body }) => requestExport(context, params.engagementId, body),
);
