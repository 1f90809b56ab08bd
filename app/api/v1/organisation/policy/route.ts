import { changePolicyInput } from "@/lib/contracts/security-policy";
import { route } from "@/lib/server/route";
import { changeSecurityPolicy, readSecurityPolicy } from "@/lib/services/organisation/security-policy";

export const GET = route({ versionOf: "policy" }, ({ context }) => readSecurityPolicy(context));

export const PUT = route({ versionOf: "policy", body: changePolicyInput }, ({ context, body }) =>
  changeSecurityPolicy(context, body),
);
