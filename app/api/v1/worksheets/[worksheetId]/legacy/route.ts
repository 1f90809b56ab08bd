import { legacyQuery } from "@/lib/contracts/carry-over";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getLegacyReading } from "@/lib/services/carry-over/get-legacy-reading";

export const GET = route(
  { bearer: "read", params: worksheetParams, query: legacyQuery },
  ({ context, params, query }) => getLegacyReading(context, params.worksheetId, query.revision),
);
