import { z } from "zod";
import { worksheetControlParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { shareControl } from "@/lib/services/controls/share-control";

export const POST = route({ params: worksheetControlParams, body: z.strictObject({}) }, ({ context, params }) =>
  shareControl(context, params.worksheetId, params.itemId),
);
