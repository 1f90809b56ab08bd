import { personParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { unlockAccount } from "@/lib/services/organisation/manage-accounts";

export const POST = route({ params: personParams }, ({ context, params }) => unlockAccount(context, params.personId));
