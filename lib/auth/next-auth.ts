import NextAuth, { type NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { ServiceContext } from "@/lib/auth/context";
import { sessionCookie } from "@/lib/auth/session-token";
import { checkPassword, openSession, signInRefused } from "@/lib/auth/sign-in";
import { Failure } from "@/lib/contracts/failure";
import { emailAddress, text } from "@/lib/contracts/text";

/** What the address says to do, for the only two of next-auth's actions that are let through. */
type SignInStep =
  | { readonly method: "GET"; readonly action: "csrf" }
  | { readonly method: "POST"; readonly action: "credentials" };

/** The step that a request asks for, or null: everything else next-auth could do is refused. */
export function signInStep(method: string, segments: readonly string[]): SignInStep | null {
  const path = segments.join("/");
  if (method === "GET" && path === "csrf") return { method, action: "csrf" };
  if (method === "POST" && path === "callback/credentials") return { method, action: "credentials" };
  return null;
}

interface Outcome {
  userId: string | null;
  failure: unknown;
}

function options(context: ServiceContext, secret: string, secureCookies: boolean, outcome: Outcome): NextAuthOptions {
  return {
    secret,
    useSecureCookies: secureCookies,
    session: { strategy: "jwt", maxAge: 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          const email = emailAddress.safeParse(credentials?.email);
          const password = text(512).safeParse(credentials?.password);
          if (!email.success || !password.success) return null;
          try {
            const id = await checkPassword(context, email.data, password.data);
            outcome.userId = id;
            return { id };
          } catch (failure) {
            // next-auth would hide why; a database that is away is not a wrong password.
            if (!(failure instanceof Failure && failure.code === "invalid_credentials")) outcome.failure = failure;
            return null;
          }
        },
      }),
    ],
  };
}

/** What sign-in needs of its surroundings. */
export interface SignInSettings {
  readonly secret: string;
  readonly url: string;
}

/**
 * Lets next-auth check the sign-in and then puts our own session in the place of its token, which
 * could not be revoked.
 * @throws Failure invalid_credentials, malformed; whatever the check threw
 */
export async function handleSignIn(
  context: ServiceContext,
  settings: SignInSettings,
  request: Request,
  segments: readonly string[],
): Promise<Response> {
  const outcome: Outcome = { userId: null, failure: null };
  const secure = settings.url.startsWith("https:");
  const handler = NextAuth(options(context, settings.secret, secure, outcome)) as (
    request: Request,
    route: { params: Promise<{ nextauth: string[] }> },
  ) => Promise<Response>;
  let reply: Response;
  try {
    reply = await handler(request, { params: Promise.resolve({ nextauth: [...segments] }) });
  } catch {
    throw new Failure("malformed", "The sign-in request could not be read.");
  }
  if (outcome.failure) throw outcome.failure;
  if (segments[0] === "csrf") return reply;
  if (outcome.userId === null) {
    const to = reply.headers.get("location") ?? (await bodyUrl(reply));
    if (to.includes("csrf=true"))
      throw new Failure("bad_origin", "The sign-in form is too old. Please load the page again.");
    throw signInRefused();
  }
  const userAgent = request.headers.get("user-agent") ?? "";
  const { token, stage } = await openSession(context, outcome.userId, ["password"], userAgent);
  return Response.json(
    { stage },
    { headers: { "Set-Cookie": sessionCookie(settings.url, token), "Cache-Control": "no-store" } },
  );
}

async function bodyUrl(reply: Response): Promise<string> {
  const body: unknown = await reply
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && "url" in body ? String(body.url) : "";
}
