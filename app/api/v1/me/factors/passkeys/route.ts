import { requireSession } from "@/lib/auth/session";
import { addPasskeyInput } from "@/lib/contracts/factors";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";
import { addPasskey } from "@/lib/services/account/factors/passkeys";

export const POST = route(
  { public: true, unfinished: true, bucket: "factor", body: addPasskeyInput },
  async ({ context, session, body }) => {
    const { fresh, recoveryCodes } = await addPasskey(context, requireSession(session), body.name, body.passkey);
    return sessionReply(fresh.token, { stage: fresh.stage, recoveryCodes }, 201);
  },
);
