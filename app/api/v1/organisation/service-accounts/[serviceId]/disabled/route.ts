import { disableServiceAccountInput } from "@/lib/contracts/service-accounts";
import { serviceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { setServiceAccountDisabled } from "@/lib/services/organisation/service-accounts";

export const PUT = route(
  { versionOf: "serviceAccount", params: serviceParams, body: disableServiceAccountInput },
  ({ context, params, body }) => setServiceAccountDisabled(context, params.serviceId, body.disabled),
);
