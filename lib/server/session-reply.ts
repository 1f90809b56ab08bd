import { sessionCookie } from "@/lib/auth/session-token";
import { runtime } from "@/lib/server/runtime";

/** A reply that gives the browser a session's new token; it is never cached. */
export function sessionReply(token: string | null, body?: object, status = 200): Response {
  const headers = { "Set-Cookie": sessionCookie(runtime().config.url, token), "Cache-Control": "no-store" };
  if (body === undefined) return new Response(null, { status: 204, headers });
  return Response.json(body, { status, headers });
}
