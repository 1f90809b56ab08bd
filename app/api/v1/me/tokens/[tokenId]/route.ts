import { tokenParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { revokeOwnToken } from "@/lib/services/account/own-tokens";

export const DELETE = route({ params: tokenParams, status: 204 }, ({ context, params }) =>
  revokeOwnToken(context, params.tokenId),
);
