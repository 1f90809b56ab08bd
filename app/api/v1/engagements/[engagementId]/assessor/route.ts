import { inviteAssessorInput } from "@/lib/contracts/people";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { inviteAssessor } from "@/lib/services/engagement/invite-assessor";

export const POST = route({ params: engagementParams, body: inviteAssessorInput }, ({ context, params, body }) =>
  inviteAssessor(context, params.engagementId, body),
);
