import { route } from "@/lib/server/route";
import { readPeoplesTokens } from "@/lib/services/organisation/api-tokens";

export const GET = route({}, ({ context }) => readPeoplesTokens(context));
