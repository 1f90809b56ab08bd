import { criteriaQuery } from "@/lib/contracts/criteria";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getCriteria } from "@/lib/services/criteria/get-criteria";

export const GET = route(
  { bearer: "read", params: worksheetParams, query: criteriaQuery },
  ({ context, params, query }) => getCriteria(context, params.worksheetId, query.revision),
);
