import { changeServiceAccountInput } from "@/lib/contracts/service-accounts";
import { serviceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { changeServiceAccount } from "@/lib/services/organisation/service-accounts";

export const PUT = route(
  { versionOf: "serviceAccount", params: serviceParams, body: changeServiceAccountInput },
  ({ context, params, body }) => changeServiceAccount(context, params.serviceId, body),
);
