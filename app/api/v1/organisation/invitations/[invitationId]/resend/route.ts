import { invitationParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { resendInvitation } from "@/lib/services/organisation/invite-person";

export const POST = route({ params: invitationParams }, ({ context, params }) =>
  resendInvitation(context, params.invitationId),
);
