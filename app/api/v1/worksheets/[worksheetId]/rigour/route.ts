import { revisionQuery } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getRigourReport } from "@/lib/services/rigour/get-report";

export const GET = route(
  { bearer: "read", params: worksheetParams, query: revisionQuery },
  ({ context, params, query }) => getRigourReport(context, params.worksheetId, query.revision),
);
