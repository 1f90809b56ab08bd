import { requireSession, signOut } from "@/lib/auth/session";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";

export const POST = route({ public: true, unfinished: true }, async ({ context, session }) => {
  await signOut(context, requireSession(session));
  return sessionReply(null);
});
