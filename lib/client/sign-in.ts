import { api } from "@/lib/client/api";
import { ApiProblem, isAborted, NetworkError } from "@/lib/client/errors";
import { isOffline } from "@/lib/client/offline";
import { problemOf } from "@/lib/client/read-reply";
import type { SendOptions } from "@/lib/client/send";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** How the requests of a sign-in are sent: never twice, because what is wrong counts towards the lockout. */
export const SIGNING_IN: SendOptions = { signingIn: true, retries: 0 };

/**
 * Sends e-mail and password through next-auth's credentials callback; the server sets its own session cookie.
 * @returns what comes next
 * @throws ApiProblem; NetworkError when no reply came
 */
export async function signIn(email: string, password: string): Promise<SessionStage> {
  return ((await sendSignIn("callback/credentials", { email, password })) as { stage: SessionStage }).stage;
}

/**
 * Sends a form of a sign-in through next-auth, with its token against forgery.
 * @param path what follows `/api/auth/`
 * @throws ApiProblem; NetworkError when no reply came
 */
export async function sendSignIn(path: string, fields: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    const csrf = await fetch("/api/auth/csrf", { cache: "no-store", credentials: "same-origin" });
    const { csrfToken } = (await csrf.json()) as { csrfToken?: string };
    const reply = await fetch(`/api/auth/${path}`, {
      method: "POST",
      credentials: "same-origin",
      cache: "no-store",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams({ csrfToken: csrfToken ?? "", ...fields, json: "true" }),
    });
    const body: unknown = await reply.json().catch(() => null);
    if (reply.ok) return body;
    const problem = problemOf(reply.status, reply.headers.get("x-request-id") ?? "", body);
    throw new ApiProblem(problem.code === "sign_in_required" ? { ...problem, code: "invalid_credentials" } : problem);
  } catch (error) {
    if (isAborted(error) || error instanceof ApiProblem) throw error;
    throw new NetworkError(isOffline(), { cause: error });
  }
}

/** Ends the session, finished or not, and tells the browser's other tabs. One that has ended already is no failure. */
export async function signOut(): Promise<void> {
  try {
    await api.post("/session/sign-out", {}, SIGNING_IN);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.problem.status === 401)) throw error;
  }
  tellTabs();
}

const CHANNEL = "countervail.session";
/** Names this tab: it has ears of its own, and is not to hear what it says itself. */
const TAB = crypto.randomUUID();

/** Tells the browser's other tabs that the session is another, or lives longer. They then ask the server. */
export function tellTabs(): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(TAB);
  channel.close();
}

/** Hears what other tabs tell. @returns what ends it */
export function hearTabs(hear: () => void): () => void {
  if (typeof BroadcastChannel === "undefined") return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => {
    if (data !== TAB) hear();
  };
  return () => channel.close();
}
