import { endOwnSessions } from "@/lib/auth/session";
import { route } from "@/lib/server/route";
import { listOwnSessions } from "@/lib/services/account/own-sessions";

export const GET = route({}, ({ context }) => listOwnSessions(context));

export const DELETE = route({ status: 204 }, ({ context }) => endOwnSessions(context, {}));
