import { updateDispositionInput } from "@/lib/contracts/disposition";
import { dispositionParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";

export const PATCH = route(
  { bearer: "write", versionOf: "disposition", params: dispositionParams, body: updateDispositionInput },
  ({ context, params, body }) => decideDisposition(context, params.dispositionId, body),
);
