import type { ServiceContext } from "@/lib/auth/context";
import { formTooOld, nextAuthBasics, type SignInSettings } from "@/lib/auth/next-auth";
import { askNextAuth } from "@/lib/auth/next-auth-call";
import { inIdentity } from "@/lib/auth/open";
import { type OpenSession, requireSession } from "@/lib/auth/session";
import { tokenHash } from "@/lib/auth/session-token";
import { oauthProvider } from "@/lib/auth/sso/client";
import { type OpenConnection, openConnection, reachProvider } from "@/lib/auth/sso/connection";
import { Failure } from "@/lib/contracts/failure";
import { SSO_TROUBLES, type SsoPurpose } from "@/lib/contracts/sso-words";
import { findAccountOf } from "@/lib/data/credentials";
import { storeFlow } from "@/lib/data/single-sign-on";

/** How long somebody may take at the provider (milliseconds); next-auth's own cookies last as long. */
const FLOW_MS = 15 * 60_000;

/** A wish to go to an identity provider. */
export interface SsoStart {
  readonly connectionId: string;
  readonly purpose: SsoPurpose;
  /** The person has to be checked at the provider anew, whatever it remembers of them. */
  readonly fresh: boolean;
  /** Address of this site to go to afterwards; looked at again where it is used. */
  readonly next: string;
  readonly csrfToken: string;
  readonly cookies: string | null;
  /** The live session of the browser. */
  readonly session: OpenSession | null;
}

/** Where the browser goes, and what it takes along. */
export interface SsoDeparture {
  readonly url: string;
  readonly cookies: readonly string[];
}

/**
 * Begins a way to an identity provider and back.
 * @throws Failure not_found, sign_in_required, bad_origin, unavailable when the provider is away
 */
export async function beginSso(
  context: ServiceContext,
  settings: SignInSettings,
  start: SsoStart,
): Promise<SsoDeparture> {
  const { connectionId, purpose, fresh, session } = start;
  const connection = await openConnection(context, connectionId);
  const steppedUp = purpose === "step_up" ? await requireOwn(context, requireSession(session), connection) : null;
  const provider = await reachProvider(context, connection);
  if (!provider) throw away();
  const params = { ...(fresh ? { prompt: "login", max_age: "0" } : {}), ...acrOf(connection) };
  const exchange = { person: null, trouble: null };
  const { location, cookies } = await askNextAuth(
    {
      ...nextAuthBasics(settings),
      providers: [oauthProvider(connection, provider, settings.url, params, exchange)],
    },
    {
      method: "POST",
      segments: ["signin", connectionId],
      body: { csrfToken: start.csrfToken, json: "true" },
      cookies: start.cookies,
    },
  );
  if (location.includes("csrf=true")) throw formTooOld();
  const state = stateIn(location);
  if (state === null) throw away();
  await inIdentity(context, (tx) =>
    storeFlow(tx, {
      stateHash: tokenHash(state),
      connectionId,
      purpose,
      fresh,
      sessionId: steppedUp?.actor.sessionId ?? null,
      next: start.next,
      expiresAt: new Date(tx.now.getTime() + FLOW_MS),
    }),
  );
  return { url: location, cookies };
}

/** One's own finished session, and the provider that one signs in at. */
async function requireOwn(context: ServiceContext, session: OpenSession, { id }: OpenConnection): Promise<OpenSession> {
  if (session.stage !== "full") throw new Failure("second_factor_required", "Finish signing in first.");
  const account = await inIdentity(context, (tx) => findAccountOf(tx, session.actor.userId));
  if (account?.ssoConnectionId !== id) throw new Failure("wrong_state", SSO_TROUBLES.off);
  return session;
}

function away(): Failure {
  return new Failure("unavailable", SSO_TROUBLES.away, { retryAfter: 10 });
}

/** A provider that asks for more only when it is asked to has to know what counts. */
function acrOf({ acceptedAcr }: OpenConnection): Record<string, string> {
  return acceptedAcr.length > 0 ? { acr_values: acceptedAcr.join(" ") } : {};
}

function stateIn(location: string): string | null {
  return URL.canParse(location) ? new URL(location).searchParams.get("state") : null;
}
