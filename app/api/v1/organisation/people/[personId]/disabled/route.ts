import { setDisabledInput } from "@/lib/contracts/people";
import { personParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { setAccountDisabled } from "@/lib/services/organisation/manage-accounts";

export const PUT = route({ params: personParams, body: setDisabledInput }, ({ context, params, body }) =>
  setAccountDisabled(context, params.personId, body.disabled),
);
