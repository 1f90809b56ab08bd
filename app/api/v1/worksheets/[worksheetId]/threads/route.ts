import { openThreadInput } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listThreads } from "@/lib/services/review/list-threads";
import { openThread } from "@/lib/services/review/open-thread";

export const GET = route({ bearer: "read", params: worksheetParams }, ({ context, params }) =>
  listThreads(context, params.worksheetId),
);

export const POST = route(
  { bearer: "write", params: worksheetParams, body: openThreadInput, status: 201 },
  ({ context, params, body }) => openThread(context, params.worksheetId, body),
);
