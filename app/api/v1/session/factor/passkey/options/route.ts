import { passkeyRequest } from "@/lib/auth/factors/passkey";
import { requireSession } from "@/lib/auth/session";
import { route } from "@/lib/server/route";

export const POST = route({ public: true, unfinished: true }, ({ context, session }) =>
  passkeyRequest(context, "factor", requireSession(session).actor),
);
