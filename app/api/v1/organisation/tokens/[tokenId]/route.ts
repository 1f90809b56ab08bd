import { tokenParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { revokePersonsToken } from "@/lib/services/organisation/api-tokens";

export const DELETE = route({ params: tokenParams, status: 204 }, ({ context, params }) =>
  revokePersonsToken(context, params.tokenId),
);
