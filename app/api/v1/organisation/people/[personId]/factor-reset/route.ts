import { requestFactorResetInput } from "@/lib/contracts/people";
import { personParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { requestFactorReset } from "@/lib/services/organisation/factor-resets";

export const POST = route(
  { params: personParams, body: requestFactorResetInput, status: 201 },
  ({ context, params, body }) => requestFactorReset(context, params.personId, body.reason),
);
