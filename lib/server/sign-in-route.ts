import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ServiceContext } from "@/lib/auth/context";
import { readCsrfToken, type SignInSettings, signInByPassword } from "@/lib/auth/next-auth";
import { Failure, notFound } from "@/lib/contracts/failure";
import { text, uuid } from "@/lib/contracts/text";
import { OperatorError } from "@/lib/operator-error";
import { readText } from "@/lib/server/body";
import { clientAddress } from "@/lib/server/client-address";
import { requireOwnOrigin } from "@/lib/server/origin";
import { problemReply } from "@/lib/server/problem";
import { limit } from "@/lib/server/rate-limit";
import { runtime } from "@/lib/server/runtime";
import { sessionReply } from "@/lib/server/session-reply";
import { arriveBySso, departForSso } from "@/lib/server/sso-steps";

const MAX_FORM_BYTES = 8_192;
const passwordForm = z.object({ csrfToken: text(400), email: text(500), password: text(512) });

/** What the address says to do, for the only ones of next-auth's actions that are let through. */
type SignInStep =
  | { readonly kind: "csrf" }
  | { readonly kind: "password" }
  | { readonly kind: "depart"; readonly connectionId: string }
  | { readonly kind: "arrive"; readonly connectionId: string };

/** The step that a request asks for, or null: everything else next-auth could do is refused. */
function signInStep(method: string, segments: readonly string[]): SignInStep | null {
  const [action, name = "", ...more] = segments;
  if (more.length > 0) return null;
  if (method === "GET" && action === "csrf" && segments.length === 1) return { kind: "csrf" };
  if (method === "POST" && action === "callback" && name === "credentials") return { kind: "password" };
  const connection = uuid.safeParse(name);
  if (!connection.success) return null;
  if (method === "POST" && action === "signin") return { kind: "depart", connectionId: connection.data };
  if (method === "GET" && action === "callback") return { kind: "arrive", connectionId: connection.data };
  return null;
}

/**
 * The only door to next-auth: a few of its actions, of one method and content type each, of bounded size and with an
 * address of our own to return to.
 */
export async function signInRoute(
  request: Request,
  given: { readonly params: Promise<{ readonly nextauth: string[] }> },
): Promise<Response> {
  const requestId = randomUUID();
  try {
    const { config, database, clock, secrets, mail, signer } = runtime();
    const step = signInStep(request.method, (await given.params).nextauth);
    if (!step) throw notFound();
    if (!config.authSecret) throw new OperatorError("COUNTERVAIL_AUTH_SECRET is not set. Start with `npm start`.");
    const { url } = config;
    const address = clientAddress(request.headers);
    const context = { database, clock, secrets, mail, signer, url, address, requestId, actor: null };
    return await take(step, context, { secret: config.authSecret, url }, request);
  } catch (error) {
    return problemReply(error, requestId);
  }
}

async function take(
  step: SignInStep,
  context: ServiceContext,
  settings: SignInSettings,
  request: Request,
): Promise<Response> {
  if (step.kind === "arrive") return arriveBySso(context, settings, request, step.connectionId);
  if (new URL(request.url).search !== "") throw new Failure("malformed", "Nothing is expected after the address.");
  const cookies = request.headers.get("cookie");
  if (step.kind === "csrf") {
    const answer = await readCsrfToken(settings, cookies);
    return withCookies(Response.json(answer.body), answer.cookies);
  }
  await limit(context, step.kind === "depart" ? "sso" : "sign-in");
  const fields = await readForm(request, settings.url);
  if (step.kind === "depart") {
    const { url, cookies: set } = await departForSso(context, settings, request, step.connectionId, fields);
    return withCookies(Response.json({ url }), set);
  }
  const form = passwordForm.safeParse(fields);
  if (!form.success || "callbackUrl" in fields) throw unreadable();
  const userAgent = request.headers.get("user-agent") ?? "";
  const { token, stage } = await signInByPassword(context, settings, form.data, { cookies, userAgent });
  return sessionReply(token, { stage });
}

async function readForm(request: Request, ownUrl: string): Promise<Readonly<Record<string, string>>> {
  requireOwnOrigin(request, ownUrl);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw new Failure("unsupported_media_type", "Send the sign-in as a form.");
  }
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(length <= MAX_FORM_BYTES)) throw new Failure("too_large", "The sign-in form is too large.");
  return Object.fromEntries(new URLSearchParams(await readText(request, MAX_FORM_BYTES)));
}

function withCookies(reply: Response, cookies: readonly string[]): Response {
  reply.headers.set("Cache-Control", "no-store");
  for (const cookie of cookies) reply.headers.append("Set-Cookie", cookie);
  return reply;
}

function unreadable(): Failure {
  return new Failure("malformed", "The sign-in form could not be read.");
}
