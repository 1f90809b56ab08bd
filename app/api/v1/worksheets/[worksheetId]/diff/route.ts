import { diffQuery } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getDiff } from "@/lib/services/review/get-diff";

export const GET = route({ bearer: "read", params: worksheetParams, query: diffQuery }, ({ context, params, query }) =>
  getDiff(context, params.worksheetId, query),
);
