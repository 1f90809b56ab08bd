import { randomUUID } from "node:crypto";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { actorOfToken } from "@/lib/auth/session";
import { sessionCookieName } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import { clientAddress } from "@/lib/server/client-address";
import { runtime } from "@/lib/server/runtime";

/** The context of a page that everybody may read; the actor is there when somebody is signed in. */
export async function publicPage(): Promise<ServiceContext> {
  const { config, database, clock } = runtime();
  const sent = await headers();
  const address = clientAddress(sent);
  const anonymous: ServiceContext = { database, clock, requestId: randomUUID(), address, actor: null };
  const token = (await cookies()).get(sessionCookieName(config.url))?.value;
  if (!token) return anonymous;
  // A link that the browser fetches ahead is not something the person did.
  const prefetch = sent.has("next-router-prefetch");
  return { ...anonymous, actor: await actorOfToken(anonymous, token, !prefetch) };
}

/** The context of a page that asks for a sign-in; others are sent to it and come back afterwards. */
export async function page(path: string): Promise<SignedInContext> {
  const context = await publicPage();
  if (!context.actor) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return { ...context, actor: context.actor };
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

/** A page's data, or the reason why this person does not see it. Anything unexpected goes to the error page. */
export async function orRefused<T>(work: Promise<T>): Promise<{ data: T } | { refused: string }> {
  try {
    return { data: await orNotFound(work) };
  } catch (error) {
    if (error instanceof Failure && error.code === "forbidden") return { refused: error.message };
    throw error;
  }
}
