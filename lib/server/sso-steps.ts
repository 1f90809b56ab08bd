import { z } from "zod";
import type { ServiceContext } from "@/lib/auth/context";
import type { SignInSettings } from "@/lib/auth/next-auth";
import { sessionOfToken } from "@/lib/auth/session";
import { sessionCookie, sessionCookieName } from "@/lib/auth/session-token";
import { beginSso, type SsoDeparture } from "@/lib/auth/sso/begin";
import { finishSso, type SsoOutcome } from "@/lib/auth/sso/finish";
import { Failure } from "@/lib/contracts/failure";
import { SSO_PURPOSES, type SsoTrouble } from "@/lib/contracts/sso-words";
import { text } from "@/lib/contracts/text";
import { logger } from "@/lib/logger";
import { cookieValue } from "@/lib/server/cookies";
import { limit } from "@/lib/server/rate-limit";

const departure = z.object({
  csrfToken: text(400),
  json: z.literal("true"),
  purpose: z.enum(SSO_PURPOSES),
  next: text(2_000).default("/"),
  anew: z.enum(["yes", "no"]).default("no"),
});

/** What a provider sends along; whatever else it sends is not looked at. */
const arrival = z.object({
  state: text(500).min(1),
  code: text(8_000).optional(),
  iss: text(500).optional(),
  error: text(500).optional(),
});

/** Begins a way to an identity provider. @throws Failure malformed; as `beginSso` */
export async function departForSso(
  context: ServiceContext,
  settings: SignInSettings,
  request: Request,
  connectionId: string,
  fields: Readonly<Record<string, string>>,
): Promise<SsoDeparture> {
  const form = departure.safeParse(fields);
  if (!form.success) throw new Failure("malformed", "The sign-in form could not be read.");
  const { purpose, next, csrfToken, anew } = form.data;
  const cookies = request.headers.get("cookie");
  const token = cookieValue(cookies, sessionCookieName(settings.url));
  const session = token ? await sessionOfToken(context, token, true) : null;
  // Whoever comes back to a session that has ended is asked who they are, and whoever came back as the wrong one.
  const fresh = purpose !== "sign_in" || anew === "yes" || (token !== null && session === null);
  return beginSso(context, settings, { connectionId, purpose, fresh, next, csrfToken, cookies, session });
}

/** Takes somebody back from an identity provider. It is a page that is answered with, whatever happens. */
export async function arriveBySso(
  context: ServiceContext,
  settings: SignInSettings,
  request: Request,
  connectionId: string,
): Promise<Response> {
  const query = arrival.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  const lost = { purpose: "sign_in", next: "/", token: null, cookies: [] } as const;
  if (!query.success) return goOn(settings.url, { ...lost, trouble: "invalid" });
  try {
    await limit(context, "sso");
    const cookies = request.headers.get("cookie");
    const userAgent = request.headers.get("user-agent") ?? "";
    return goOn(
      settings.url,
      await finishSso(context, settings, { connectionId, query: query.data, cookies, userAgent }),
    );
  } catch (error) {
    if (!(error instanceof Failure)) {
      logger().error({ requestId: context.requestId, err: error }, "a return from an identity provider failed");
    }
    return goOn(settings.url, { ...lost, trouble: "busy" });
  }
}

/**
 * A page that goes on by itself. The session's cookie is for our own pages alone (SameSite=Strict): a browser that comes
 * from the provider by a redirect would not send it along, one that comes from this page does.
 */
function goOn(url: string, outcome: SsoOutcome): Response {
  const place = escaped(placeAfter(outcome));
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Countervail</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="0;url=${place}"></head>
<body><p><a href="${place}">Go on to Countervail</a></p></body></html>`;
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
  for (const cookie of outcome.cookies) headers.append("Set-Cookie", cookie);
  if (outcome.token !== null) headers.append("Set-Cookie", sessionCookie(url, outcome.token));
  return new Response(html, { headers });
}

/** The sign-in page looks at `next` and goes on by where the sign-in stands; a window of its own closes itself. */
function placeAfter({ purpose, next, trouble }: SsoOutcome): string {
  const problem: { sso?: SsoTrouble } = trouble === null ? {} : { sso: trouble };
  if (purpose === "sign_in") return `/sign-in?${new URLSearchParams({ next, ...problem })}`;
  return `/sign-in/done?${new URLSearchParams({ for: purpose, ...problem })}`;
}

function escaped(address: string): string {
  return address.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
