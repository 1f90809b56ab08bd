import { startWorksheetInput } from "@/lib/contracts/start";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { startWorksheet } from "@/lib/services/start/start-worksheet";

export const POST = route(
  { bearer: "write", versionOf: "worksheet", params: worksheetParams, body: startWorksheetInput },
  ({ context, params, body }) => startWorksheet(context, params.worksheetId, body),
);
