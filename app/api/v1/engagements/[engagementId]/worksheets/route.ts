import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";

export const GET = route({ bearer: "read", params: engagementParams }, ({ context, params }) =>
  listWorksheets(context, params.engagementId),
);
