import { inviteInput } from "@/lib/contracts/people";
import { route } from "@/lib/server/route";
import { invitePerson, readInvitations } from "@/lib/services/organisation/invite-person";

export const GET = route({}, ({ context }) => readInvitations(context));

export const POST = route({ body: inviteInput, status: 201 }, ({ context, body }) => invitePerson(context, body));
