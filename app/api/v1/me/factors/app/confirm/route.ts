import { requireSession } from "@/lib/auth/session";
import { confirmAppInput } from "@/lib/contracts/factors";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";
import { confirmApp } from "@/lib/services/account/factors/authenticator-app";

export const POST = route(
  { public: true, unfinished: true, bucket: "factor", body: confirmAppInput },
  async ({ context, session, body }) => {
    const { fresh, recoveryCodes } = await confirmApp(context, requireSession(session), body.code);
    return sessionReply(fresh.token, { stage: fresh.stage, recoveryCodes });
  },
);
