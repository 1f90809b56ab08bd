import { saveScopeInput } from "@/lib/contracts/scope-result";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { readScopeAnswers } from "@/lib/services/scope/read-scope";
import { saveScope } from "@/lib/services/scope/save-scope";

export const GET = route({ bearer: "read", versionOf: "scope", params: engagementParams }, ({ context, params }) =>
  readScopeAnswers(context, params.engagementId),
);

export const PUT = route(
  { bearer: "write", versionOf: "scope", params: engagementParams, body: saveScopeInput },
  ({ context, params, body }) => saveScope(context, params.engagementId, body),
);
