import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getStatement } from "@/lib/services/review/get-statement";

export const GET = route({ params: worksheetParams }, ({ context, params }) =>
  getStatement(context, params.worksheetId),
);
