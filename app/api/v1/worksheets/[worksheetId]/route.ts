import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";

export const GET = route({ bearer: "read", versionOf: "worksheet", params: worksheetParams }, ({ context, params }) =>
  getWorksheet(context, params.worksheetId),
);
