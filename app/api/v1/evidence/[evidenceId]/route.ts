import { z } from "zod";
import { changeEvidenceInput } from "@/lib/contracts/evidence";
import { rowVersion } from "@/lib/contracts/text";
import { evidenceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { changeEvidence, removeEvidence } from "@/lib/services/worksheet/change-evidence";

export const PUT = route(
  { bearer: "write", versionOf: "evidence", params: evidenceParams, body: changeEvidenceInput },
  ({ context, params, body }) => changeEvidence(context, params.evidenceId, body),
);

const versionQuery = z.object({
  version: z
    .string()
    .regex(/^\d{1,10}$/, "Give the version that you saw.")
    .transform(Number)
    .pipe(rowVersion),
});

export const DELETE = route(
  { bearer: "write", versionOf: "evidence", params: evidenceParams, query: versionQuery, status: 204 },
  ({ context, params, query }) => removeEvidence(context, params.evidenceId, query.version),
);
