import { invitationParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { withdrawInvitation } from "@/lib/services/organisation/invite-person";

export const DELETE = route({ params: invitationParams, status: 204 }, ({ context, params }) =>
  withdrawInvitation(context, params.invitationId),
);
