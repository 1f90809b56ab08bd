import { randomUUID } from "node:crypto";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { type OpenSession, sessionOfToken } from "@/lib/auth/session";
import { sessionCookieName } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import { clientAddress } from "@/lib/server/client-address";
import { runtime } from "@/lib/server/runtime";

/** A context with the session behind it, which may be one of a sign-in that is not finished. */
export interface PageContext extends ServiceContext {
  readonly session: OpenSession | null;
}

/** The context of a page that everybody may read; the actor is there when somebody is signed in. */
export async function publicPage(): Promise<PageContext> {
  const { config, database, clock, secrets, mail, signer } = runtime();
  const { url } = config;
  const given = await headers();
  const address = clientAddress(given);
  const requestId = randomUUID();
  const anonymous: ServiceContext = { database, clock, secrets, mail, signer, url, address, requestId, actor: null };
  const token = (await cookies()).get(sessionCookieName(url))?.value;
  if (!token) return { ...anonymous, session: null };
  // A link that the browser fetches ahead is not something the person did; the door before Next marks it.
  const background = given.has("x-countervail-background");
  const session = await sessionOfToken(anonymous, token, !background);
  return { ...anonymous, session, actor: session?.stage === "full" ? session.actor : null };
}

/** The context of a page for people whose sign-in is finished. */
export type SignedInPage = SignedInContext & { readonly session: OpenSession };

/** The context of a page that asks for a sign-in; others are sent to it and come back afterwards. */
export async function page(path: string): Promise<SignedInPage> {
  const { session, ...context } = await publicPage();
  if (!context.actor || !session) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return { ...context, actor: context.actor, session };
}

/** Shows "not found" for what is not there or not theirs, and leaves other failures to the error page. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure && (error.code === "not_found" || error.code === "malformed")) notFound();
    throw error;
  }
}

/** A page's data, or that a frozen text which it rests on was changed in the database, in words. */
export async function orDamaged<T>(work: Promise<T>): Promise<{ data: T } | { damaged: string }> {
  try {
    return { data: await orNotFound(work) };
  } catch (error) {
    if (error instanceof Failure && error.code === "text_damaged") return { damaged: error.message };
    throw error;
  }
}

/** A page's data, or the reason why this person does not see it. Anything unexpected goes to the error page. */
export async function orRefused<T>(work: Promise<T>): Promise<{ data: T } | { refused: string }> {
  try {
    return { data: await orNotFound(work) };
  } catch (error) {
    if (error instanceof Failure && error.code === "forbidden") return { refused: error.message };
    throw error;
  }
}
