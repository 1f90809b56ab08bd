import { pdfQuery } from "@/lib/contracts/review";
import { engagementParams } from "@/lib/server/params";
import { pdfResponse } from "@/lib/server/pdf";
import { route } from "@/lib/server/route";
import { exportWorkbook } from "@/lib/services/export/export-workbook";

export const GET = route({ params: engagementParams, query: pdfQuery }, async ({ context, params, query, request }) =>
  pdfResponse(await exportWorkbook(context, params.engagementId, query.paper, request.signal)),
);
