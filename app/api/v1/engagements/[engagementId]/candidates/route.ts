import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { readCandidates } from "@/lib/services/engagement/manage-members";

export const GET = route({ params: engagementParams }, ({ context, params }) =>
  readCandidates(context, params.engagementId),
);
