import { exportResponse } from "@/lib/server/export-response";
import { exportParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { openExport } from "@/lib/services/export/own-exports";

export const GET = route({ bearer: "read", params: exportParams }, async ({ context, params }) =>
  exportResponse(await openExport(context, runtime().config.exports.folder, params.exportId)),
);
