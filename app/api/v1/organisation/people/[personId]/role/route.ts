import { changeRoleInput } from "@/lib/contracts/people";
import { personParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { changeRole } from "@/lib/services/organisation/manage-accounts";

export const PUT = route({ params: personParams, body: changeRoleInput }, ({ context, params, body }) =>
  changeRole(context, params.personId, body.role),
);
