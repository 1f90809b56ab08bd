import { isAborted, NetworkError } from "@/lib/client/errors";
import { isOffline } from "@/lib/client/offline";
import { problemOf } from "@/lib/client/read-reply";
import type { Problem } from "@/lib/contracts/problem";

/** The outcome of a sign-in: done, or the problem to show. */
export type SignInResult = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

/**
 * Signs in with e-mail and password through next-auth's credentials callback; the server sets its own
 * session cookie. Never retried, because a wrong password counts towards the lockout.
 * Throws `NetworkError` when no reply came.
 */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  try {
    const csrf = await fetch("/api/auth/csrf", { cache: "no-store", credentials: "same-origin" });
    const { csrfToken } = (await csrf.json()) as { csrfToken?: string };
    const reply = await fetch("/api/auth/callback/credentials", {
      method: "POST",
      credentials: "same-origin",
      cache: "no-store",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams({ csrfToken: csrfToken ?? "", email, password, json: "true" }),
    });
    if (reply.ok) return { ok: true };
    const body: unknown = await reply.json().catch(() => null);
    const problem = problemOf(reply.status, reply.headers.get("x-request-id") ?? "", body);
    return {
      ok: false,
      problem: problem.code === "sign_in_required" ? { ...problem, code: "invalid_credentials" } : problem,
    };
  } catch (error) {
    if (isAborted(error)) throw error;
    throw new NetworkError(isOffline(), { cause: error });
  }
}
