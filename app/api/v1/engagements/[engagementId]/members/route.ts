import { addMemberInput } from "@/lib/contracts/people";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { addMember, readMembers } from "@/lib/services/engagement/manage-members";

export const GET = route({ bearer: "read", params: engagementParams }, ({ context, params }) =>
  readMembers(context, params.engagementId),
);

export const POST = route(
  { params: engagementParams, body: addMemberInput, status: 201 },
  ({ context, params, body }) => addMember(context, params.engagementId, body),
);
