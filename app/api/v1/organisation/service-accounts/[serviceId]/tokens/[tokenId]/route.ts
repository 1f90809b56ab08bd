import { serviceTokenParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { revokeServiceToken } from "@/lib/services/organisation/service-tokens";

export const DELETE = route({ params: serviceTokenParams, status: 204 }, ({ context, params }) =>
  revokeServiceToken(context, params.serviceId, params.tokenId),
);
