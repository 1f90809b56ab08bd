import { warningReasonInput } from "@/lib/contracts/rigour";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { answerWarning } from "@/lib/services/rigour/answer-warning";

export const PUT = route(
  { bearer: "write", versionOf: "worksheet", params: worksheetParams, body: warningReasonInput },
  ({ context, params, body }) => answerWarning(context, params.worksheetId, body),
);
