import { showCode } from "@/lib/auth/second-factor";
import { requireSession } from "@/lib/auth/session";
import { showCodeInput } from "@/lib/contracts/factors";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";

export const POST = route(
  { public: true, unfinished: true, bucket: "factor", body: showCodeInput },
  async ({ context, session, body }) => {
    const { token, stage } = await showCode(context, requireSession(session), body.kind, body.code);
    return sessionReply(token, { stage });
  },
);
