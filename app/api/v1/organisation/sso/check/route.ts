import { checkSsoInput } from "@/lib/contracts/single-sign-on";
import { route } from "@/lib/server/route";
import { checkSso } from "@/lib/services/organisation/single-sign-on";

export const POST = route({ body: checkSsoInput, bucket: "sso" }, ({ context, body }) =>
  checkSso(context, body.issuer),
);
