import { pdfQuery, revisionQuery } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { pdfResponse } from "@/lib/server/pdf";
import { route } from "@/lib/server/route";
import { exportWorksheet } from "@/lib/services/export/export-worksheet";

const query = pdfQuery.extend(revisionQuery.shape);

export const GET = route(
  { bearer: "read", params: worksheetParams, query },
  async ({ context, params, query, request }) =>
    pdfResponse(await exportWorksheet(context, params.worksheetId, query, request.signal), query.shown === "yes"),
);
