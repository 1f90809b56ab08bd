import { personParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { endSessionsOf } from "@/lib/services/organisation/manage-accounts";

export const DELETE = route({ params: personParams }, ({ context, params }) => endSessionsOf(context, params.personId));
