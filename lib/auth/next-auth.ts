import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { ServiceContext } from "@/lib/auth/context";
import { askNextAuth, type NextAuthAnswer } from "@/lib/auth/next-auth-call";
import {
  checkPassword,
  type FreshSession,
  openSession,
  requireStanding,
  type ShownPassword,
  signInRefused,
} from "@/lib/auth/sign-in";
import { Failure } from "@/lib/contracts/failure";
import { emailAddress, text } from "@/lib/contracts/text";

/** What sign-in needs of its surroundings. */
export interface SignInSettings {
  readonly secret: string;
  readonly url: string;
}

/** What all kinds of sign-in have in common. next-auth's own session is never given to anybody. */
export function nextAuthBasics({ secret, url }: SignInSettings): Omit<NextAuthOptions, "providers"> {
  return {
    secret,
    useSecureCookies: url.startsWith("https:"),
    session: { strategy: "jwt", maxAge: 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

/** A token against forged sign-ins, with the cookie that it is compared with. */
export function readCsrfToken(settings: SignInSettings, cookies: string | null): Promise<NextAuthAnswer> {
  return askNextAuth({ ...nextAuthBasics(settings), providers: [] }, { method: "GET", segments: ["csrf"], cookies });
}

/** The fields of a sign-in by password, as they were sent. */
export interface CredentialsForm {
  readonly csrfToken: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Lets next-auth check a sign-in by password and then puts our own session in the place of its token, which could not be
 * revoked.
 * @throws Failure invalid_credentials, bad_origin; whatever the check threw
 */
export async function signInByPassword(
  context: ServiceContext,
  settings: SignInSettings,
  form: CredentialsForm,
  { cookies, userAgent }: { readonly cookies: string | null; readonly userAgent: string },
): Promise<FreshSession> {
  let shown: ShownPassword | null = null;
  let failed: { readonly failure: unknown } | null = null;
  const provider = Credentials({
    credentials: { email: {}, password: {} },
    async authorize(credentials) {
      const email = emailAddress.safeParse(credentials?.email);
      const password = text(512).safeParse(credentials?.password);
      if (!email.success || !password.success) return null;
      try {
        shown = await checkPassword(context, email.data, password.data);
        return { id: shown.userId };
      } catch (failure) {
        // next-auth would hide why; a database that is away is not a wrong password.
        if (!(failure instanceof Failure && failure.code === "invalid_credentials")) failed = { failure };
        return null;
      }
    },
  });
  const { location } = await askNextAuth(
    { ...nextAuthBasics(settings), providers: [provider] },
    { method: "POST", segments: ["callback", "credentials"], body: { ...form, json: "true" }, cookies },
  );
  const thrown = failed as { readonly failure: unknown } | null;
  if (thrown) throw thrown.failure;
  const right = shown as ShownPassword | null;
  if (right === null) {
    if (location.includes("csrf=true")) throw formTooOld();
    throw signInRefused();
  }
  return openSession(context, right.userId, ["password"], userAgent, (tx) => requireStanding(tx, right));
}

/** The answer to a form whose token is not the browser's. */
export function formTooOld(): Failure {
  return new Failure("bad_origin", "The sign-in form is too old. Please load the page again.");
}
