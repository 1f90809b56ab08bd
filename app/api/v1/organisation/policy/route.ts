import { changePolicyInput } from "@/lib/contracts/security-policy";
import { route } from "@/lib/server/route";
import { changeSecurityPolicy, readSecurityPolicy } from "@/lib/services/organisation/security-policy";

export const GET = route({}, ({ context }) => readSecurityPolicy(context));

export const PUT = route({ body: changePolicyInput }, ({ context, body }) => changeSecurityPolicy(context, body));
