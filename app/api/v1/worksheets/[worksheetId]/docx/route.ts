import { pdfQuery, revisionQuery } from "@/lib/contracts/review";
import { madeFileResponse } from "@/lib/server/made-file";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { exportWorksheetDocx } from "@/lib/services/export/export-worksheet";

const query = pdfQuery.extend(revisionQuery.shape);

export const GET = route({ bearer: "read", params: worksheetParams, query }, async ({ context, params, query }) =>
  madeFileResponse(await exportWorksheetDocx(context, params.worksheetId, query)),
);
