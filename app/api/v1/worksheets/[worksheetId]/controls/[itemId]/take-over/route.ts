import { z } from "zod";
import { worksheetControlParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { takeOver } from "@/lib/services/controls/share-control";

export const POST = route({ params: worksheetControlParams, body: z.strictObject({}) }, ({ context, params }) =>
  takeOver(context, params.worksheetId, params.itemId),
);
