import { sheetQuery } from "@/lib/contracts/sheets";
import { sheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { sheetResponse } from "@/lib/server/sheet-response";
import { exportSheet } from "@/lib/services/sheets/export-sheet";

export const GET = route(
  { bearer: "read", params: sheetParams, query: sheetQuery },
  async ({ context, params, query }) =>
    sheetResponse(await exportSheet(context, params.engagementId, params.sheet, query.format)),
);
