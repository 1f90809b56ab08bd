import { layOutInput } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getStatement } from "@/lib/services/review/get-statement";
import { layOutStatement } from "@/lib/services/review/lay-out-statement";

export const GET = route({ params: worksheetParams }, ({ context, params }) =>
  getStatement(context, params.worksheetId),
);

export const POST = route({ params: worksheetParams, body: layOutInput }, ({ context, params, body }) =>
  layOutStatement(context, params.worksheetId, body),
);
