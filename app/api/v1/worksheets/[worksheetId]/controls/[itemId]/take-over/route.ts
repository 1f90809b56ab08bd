import { bringControlInput } from "@/lib/contracts/controls";
import { worksheetControlParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { takeOver } from "@/lib/services/controls/share-control";

export const POST = route(
  { bearer: "write", versionOf: "worksheet", params: worksheetControlParams, body: bringControlInput },
  ({ context, params, body }) => takeOver(context, params.worksheetId, params.itemId, body),
);
