import { z } from "zod";
import { decideFactorResetInput } from "@/lib/contracts/people";
import { uuid } from "@/lib/contracts/text";
import { route } from "@/lib/server/route";
import { decideOnFactorReset } from "@/lib/services/organisation/factor-resets";

export const POST = route(
  { params: z.object({ resetId: uuid }), body: decideFactorResetInput, status: 204 },
  ({ context, params, body }) => decideOnFactorReset(context, params.resetId, body.decision),
);
