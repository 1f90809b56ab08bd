import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { nextAuthBasics, type SignInSettings } from "@/lib/auth/next-auth";
import { askNextAuth } from "@/lib/auth/next-auth-call";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { openSession, recordFailure } from "@/lib/auth/sign-in";
import { type Exchange, oauthProvider, type SsoPerson } from "@/lib/auth/sso/client";
import { type OpenConnection, openConnection, reachProvider } from "@/lib/auth/sso/connection";
import { admit } from "@/lib/auth/sso/identity";
import { Failure } from "@/lib/contracts/failure";
import type { SsoPurpose, SsoTrouble } from "@/lib/contracts/sso-words";
import { findSessionOf, renewSession, type SessionRow } from "@/lib/data/sessions";
import { isLocked } from "@/lib/data/sign-in-guard";
import { type SsoFlowRow, takeFlow } from "@/lib/data/single-sign-on";
import type { SignInFailure } from "@/lib/domain/audit/sign-in-details";
import { isAlive } from "@/lib/domain/security/session-life";
import { hasSsoFactor, isFreshlyChecked } from "@/lib/domain/security/single-sign-on";

/** Somebody who comes back from an identity provider. */
export interface SsoReturn {
  readonly connectionId: string;
  /** What the provider sent along, as far as it is known here. */
  readonly query: {
    readonly state: string;
    readonly code?: string | undefined;
    readonly iss?: string | undefined;
    readonly error?: string | undefined;
  };
  readonly cookies: string | null;
  readonly userAgent: string;
}

/** What came of it. The token is of the session that was opened or stepped up. */
export interface SsoOutcome {
  readonly purpose: SsoPurpose;
  readonly next: string;
  readonly trouble: SsoTrouble | null;
  readonly token: string | null;
  readonly cookies: readonly string[];
}

/** Why somebody is not let in: what the trail says, and what the person is told. */
class Refused extends Error {
  constructor(
    readonly reason: SignInFailure,
    readonly trouble: SsoTrouble,
    readonly userId: string | null = null,
  ) {
    super(reason);
  }
}

/**
 * Takes somebody back from an identity provider, once. Whatever is not as it should be is an event and a sentence for the
 * person, never an error.
 * @throws Failure unavailable while the database is away
 */
export async function finishSso(
  context: ServiceContext,
  settings: SignInSettings,
  back: SsoReturn,
): Promise<SsoOutcome> {
  const { connectionId, query } = back;
  const lost = { purpose: "sign_in", next: "/", token: null, cookies: [] } as const;
  const connection = await openConnection(context, connectionId).catch(orNull);
  if (!connection) return { ...lost, trouble: "off" };
  const flow = await inIdentity(context, (tx) => takeFlow(tx, connectionId, tokenHash(query.state)));
  if (!flow) {
    await recordFailure(context, ofNobody(connection), "sso_over");
    return { ...lost, trouble: "over" };
  }
  const { purpose, next } = flow;
  try {
    if (query.error !== undefined) throw new Refused("sso_denied", "denied");
    const { person, cookies } = await exchangeCode(context, settings, connection, back);
    if (flow.fresh && !isFreshlyChecked(person.authTime, flow.begunAt)) throw new Refused("sso_unfresh", "unfresh");
    const token = await letIn(context, connection, flow, person, back.userAgent);
    return { purpose, next, trouble: null, token, cookies };
  } catch (error) {
    // A locked account: its event was left where the session was refused.
    if (error instanceof Failure && error.code === "invalid_credentials") {
      return { purpose, next, trouble: "refused", token: null, cookies: [] };
    }
    if (!(error instanceof Refused)) throw error;
    await recordRefusal(context, connection, flow, error);
    return { purpose, next, trouble: error.trouble, token: null, cookies: [] };
  }
}

function orNull(error: unknown): null {
  if (error instanceof Failure && error.code === "not_found") return null;
  throw error;
}

/** Lets next-auth and its client compare state, nonce and verifier, and check the signed token. @throws Refused */
async function exchangeCode(
  context: ServiceContext,
  settings: SignInSettings,
  connection: OpenConnection,
  { query, cookies }: SsoReturn,
): Promise<{ readonly person: SsoPerson; readonly cookies: readonly string[] }> {
  const provider = await reachProvider(context, connection);
  if (!provider) throw new Refused("sso_away", "away");
  const exchange: Exchange = { person: null, trouble: null };
  const { state, code, iss } = query;
  const sent = { state, ...(code === undefined ? {} : { code }), ...(iss === undefined ? {} : { iss }) };
  const answer = await askNextAuth(
    {
      ...nextAuthBasics(settings),
      providers: [oauthProvider(connection, provider, settings.url, {}, exchange)],
      // Somebody was found or not; next-auth has nothing more to do.
      callbacks: { signIn: () => "/" },
    },
    { method: "GET", segments: ["callback", connection.id], query: sent, cookies },
  );
  const { person, trouble } = exchange;
  if (person) return { person, cookies: answer.cookies };
  if (trouble === "away") throw new Refused("sso_away", "away");
  if (trouble === "invalid") throw new Refused("sso_invalid", "invalid");
  // It did not come to the exchange: the browser has no cookies of this way, or those of another.
  throw new Refused("sso_over", "over");
}

/** @returns the token of the session that was opened or stepped up @throws Refused */
async function letIn(
  context: ServiceContext,
  connection: OpenConnection,
  flow: SsoFlowRow,
  person: SsoPerson,
  userAgent: string,
): Promise<string> {
  const admission = await admit(context, connection, person);
  if (admission.kind === "refuse") throw new Refused(admission.reason, "refused", admission.userId);
  const { userId } = admission;
  if (flow.purpose === "step_up") return stepUp(context, flow.sessionId ?? "", userId);
  const methods = hasSsoFactor(person, connection) ? (["sso", "sso_mfa"] as const) : (["sso"] as const);
  return (await openSession(context, userId, methods, userAgent)).token;
}

/** Notes in the session that its person has shown again who they are, and gives it a new token. @throws Refused */
function stepUp(context: ServiceContext, sessionId: string, userId: string): Promise<string> {
  const token = newToken();
  return changeIdentity(context, async (tx) => {
    const session = await findSessionOf(tx, sessionId);
    if (!session || !isUsable(session, tx.now)) throw new Refused("sso_over", "over");
    if (session.userId !== userId) throw new Refused("sso_other", "other");
    if (await isLocked(tx, userId)) throw new Refused("locked", "refused", userId);
    await renewSession(tx, sessionId, { tokenHash: tokenHash(token), stepUpAt: tx.now });
    const { organisationId } = session;
    tx.record(
      makeEvent(
        organisationLog(organisationId),
        tx.now,
        { userId, organisationId },
        {
          action: "session.stepped_up",
          requestId: context.requestId,
          detail: { sessionId },
        },
      ),
    );
    return token;
  });
}

function isUsable(session: SessionRow, now: Date): session is SessionRow & { readonly organisationId: string } {
  const { organisationId, stage, endedAt, disabled, policy } = session;
  return organisationId !== null && stage === "full" && !endedAt && !disabled && isAlive(session, policy, now);
}

async function recordRefusal(
  context: ServiceContext,
  connection: OpenConnection,
  { purpose, sessionId }: SsoFlowRow,
  { reason, userId }: Refused,
): Promise<void> {
  if (purpose !== "step_up" || sessionId === null) {
    await recordFailure(context, { ...ofNobody(connection), userId }, reason);
    return;
  }
  await changeIdentity(context, async (tx) => {
    const session = await findSessionOf(tx, sessionId);
    const { organisationId } = connection;
    const actor = session ? { userId: session.userId, organisationId } : null;
    tx.record(
      makeEvent(organisationLog(organisationId), tx.now, actor, {
        action: "session.step_up_failed",
        requestId: context.requestId,
        detail: { sessionId, reason },
      }),
    );
  });
}

function ofNobody({ organisationId }: OpenConnection) {
  return { organisationId, userId: null };
}
