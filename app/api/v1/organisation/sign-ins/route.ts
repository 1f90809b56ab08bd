import { signInsQuery } from "@/lib/contracts/sign-ins";
import { route } from "@/lib/server/route";
import { readSignIns } from "@/lib/services/trail/sign-ins";

export const GET = route({ query: signInsQuery }, ({ context, query }) => readSignIns(context, query));
