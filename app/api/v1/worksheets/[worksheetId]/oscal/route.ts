import { worksheetOscalQuery } from "@/lib/contracts/oscal";
import { oscalResponse } from "@/lib/server/oscal-response";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { exportWorksheetOscal } from "@/lib/services/export/export-oscal";

export const GET = route(
  { bearer: "read", params: worksheetParams, query: worksheetOscalQuery },
  async ({ context, params, query, request }) =>
    oscalResponse(await exportWorksheetOscal(context, params.worksheetId, query, request.signal)),
);
