import { ownSignInsQuery } from "@/lib/contracts/sign-ins";
import { route } from "@/lib/server/route";
import { readOwnSignIns } from "@/lib/services/trail/sign-ins";

export const GET = route({ query: ownSignInsQuery }, ({ context, query }) => readOwnSignIns(context, query));
