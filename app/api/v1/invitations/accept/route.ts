import { acceptInvitationInput } from "@/lib/contracts/session";
import { route } from "@/lib/server/route";
import { acceptInvitation } from "@/lib/services/account/accept-invitation";

export const POST = route(
  { public: true, body: acceptInvitationInput, bucket: "invitation", status: 201 },
  ({ context, body }) => acceptInvitation(context, body),
);
