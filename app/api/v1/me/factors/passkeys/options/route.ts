import { requireSession } from "@/lib/auth/session";
import { route } from "@/lib/server/route";
import { beginPasskey } from "@/lib/services/account/factors/passkeys";

export const POST = route({ public: true, unfinished: true }, ({ context, session }) =>
  beginPasskey(context, requireSession(session)),
);
