import { revisionQuery } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { copyForRoc } from "@/lib/services/export/copy-for-roc";

export const GET = route(
  { bearer: "read", params: worksheetParams, query: revisionQuery },
  ({ context, params, query }) => copyForRoc(context, params.worksheetId, query.revision),
);
