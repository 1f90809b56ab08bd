import { route } from "@/lib/server/route";
import { readAccounts } from "@/lib/services/organisation/list-people";

export const GET = route({}, ({ context }) => readAccounts(context));
