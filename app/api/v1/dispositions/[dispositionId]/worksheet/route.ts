import { z } from "zod";
import { dispositionParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";

export const POST = route({ params: dispositionParams, body: z.strictObject({}), status: 201 }, ({ context, params }) =>
  openWorksheet(context, params.dispositionId),
);
