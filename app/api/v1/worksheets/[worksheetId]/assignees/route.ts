import { assigneesInput } from "@/lib/contracts/worksheet";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";

export const PUT = route(
  { bearer: "write", versionOf: "worksheet", params: worksheetParams, body: assigneesInput },
  ({ context, params, body }) => setAssignees(context, params.worksheetId, body.userIds),
);
