import { addRequirementsInput } from "@/lib/contracts/disposition";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { addRequirements } from "@/lib/services/disposition/add-requirements";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";

export const GET = route({ bearer: "read", params: engagementParams }, ({ context, params }) =>
  readWorkbook(context, params.engagementId),
);

export const POST = route(
  { bearer: "write", params: engagementParams, body: addRequirementsInput, status: 201 },
  ({ context, params, body }) => addRequirements(context, params.engagementId, body.requirementNumbers),
);
