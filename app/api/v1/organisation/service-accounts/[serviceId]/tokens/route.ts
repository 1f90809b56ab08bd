import { makeTokenInput } from "@/lib/contracts/api-tokens";
import { serviceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { makeServiceToken } from "@/lib/services/organisation/service-tokens";

export const POST = route({ params: serviceParams, body: makeTokenInput, status: 201 }, ({ context, params, body }) =>
  makeServiceToken(context, params.serviceId, body),
);
