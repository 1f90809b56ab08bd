import { signInByPasskey } from "@/lib/auth/second-factor";
import { showPasskeyInput } from "@/lib/contracts/factors";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";

export const POST = route({ public: true, body: showPasskeyInput }, async ({ context, body, request }) => {
  const userAgent = request.headers.get("user-agent") ?? "";
  const { token, stage } = await signInByPasskey(context, body.passkey, userAgent);
  return sessionReply(token, { stage });
});
