import { showPasskey } from "@/lib/auth/second-factor";
import { requireSession } from "@/lib/auth/session";
import { showPasskeyInput } from "@/lib/contracts/factors";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";

export const POST = route(
  { public: true, unfinished: true, bucket: "factor", body: showPasskeyInput },
  async ({ context, session, body }) => {
    const { token, stage } = await showPasskey(context, requireSession(session), body.passkey);
    return sessionReply(token, { stage });
  },
);
