import { reviewServiceAccountInput } from "@/lib/contracts/service-accounts";
import { serviceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { reviewServiceAccount } from "@/lib/services/organisation/service-accounts";

export const POST = route(
  { versionOf: "serviceAccount", params: serviceParams, body: reviewServiceAccountInput },
  ({ context, params, body }) => reviewServiceAccount(context, params.serviceId, body),
);
