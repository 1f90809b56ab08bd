import { addEvidenceInput } from "@/lib/contracts/evidence";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";

export const POST = route(
  { bearer: "write", versionOf: "evidence", params: worksheetParams, body: addEvidenceInput, status: 201 },
  ({ context, params, body }) => addEvidence(context, params.worksheetId, body),
);
