import { route } from "@/lib/server/route";
import { readFactorResets } from "@/lib/services/organisation/factor-resets";

export const GET = route({}, ({ context }) => readFactorResets(context));
