import { passkeyRequest } from "@/lib/auth/factors/passkey";
import { route } from "@/lib/server/route";

export const POST = route({}, ({ context }) => passkeyRequest(context, "step_up", context.actor));
