import { revisionNumber } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getRevision } from "@/lib/services/review/get-revision";

const params = worksheetParams.extend({ number: revisionNumber });

export const GET = route({ bearer: "read", params }, ({ context, params: { worksheetId, number } }) =>
  getRevision(context, worksheetId, number),
);
