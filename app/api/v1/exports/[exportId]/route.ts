import { exportParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { endExport, readExport } from "@/lib/services/export/own-exports";

export const GET = route({ bearer: "read", params: exportParams }, ({ context, params }) =>
  readExport(context, params.exportId),
);

export const DELETE = route({ bearer: "write", params: exportParams }, ({ context, params }) =>
  endExport(context, params.exportId),
);
