import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listStarts } from "@/lib/services/start/list-starts";

export const GET = route({ bearer: "read", params: worksheetParams }, ({ context, params }) =>
  listStarts(context, params.worksheetId),
);
