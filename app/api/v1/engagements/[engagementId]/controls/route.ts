import { addControlInput } from "@/lib/contracts/controls";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { addControl } from "@/lib/services/controls/change-register";
import { readRegister } from "@/lib/services/controls/read-register";

export const GET = route({ bearer: "read", params: engagementParams }, ({ context, params }) =>
  readRegister(context, params.engagementId),
);

export const POST = route(
  { bearer: "write", params: engagementParams, body: addControlInput, status: 201 },
  ({ context, params, body }) => addControl(context, params.engagementId, body),
);
