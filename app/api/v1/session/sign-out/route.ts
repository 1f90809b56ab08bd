import { signOut } from "@/lib/auth/session";
import { sessionCookie } from "@/lib/auth/session-token";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";

export const POST = route({}, async ({ context }) => {
  await signOut(context);
  const headers = { "Set-Cookie": sessionCookie(runtime().config.url, null), "Cache-Control": "no-store" };
  return new Response(null, { status: 204, headers });
});
