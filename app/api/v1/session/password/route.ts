import { requireSession } from "@/lib/auth/session";
import { changePasswordInput } from "@/lib/contracts/session";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";
import { changePassword } from "@/lib/services/account/change-password";

export const POST = route(
  { public: true, unfinished: true, body: changePasswordInput, bucket: "password" },
  async ({ context, session, body }) => {
    const { token, stage } = await changePassword(context, requireSession(session), body);
    return sessionReply(token, { stage });
  },
);
