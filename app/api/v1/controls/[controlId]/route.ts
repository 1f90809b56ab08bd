import { changeControlInput } from "@/lib/contracts/controls";
import { controlParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { changeControl } from "@/lib/services/controls/change-register";
import { readControl } from "@/lib/services/controls/read-register";

export const GET = route({ bearer: "read", params: controlParams }, ({ context, params }) =>
  readControl(context, params.controlId),
);

export const PUT = route(
  { bearer: "write", versionOf: "control", params: controlParams, body: changeControlInput },
  ({ context, params, body }) => changeControl(context, params.controlId, body),
);
