import { randomUUID } from "node:crypto";
import { PASSWORD } from "../support/cast";
import { type Asked, type At, type Line, refused } from "./line";

const API = "/api/v1";
const NONSENSE = "bm90aGluZw";
/** In the shape of what a browser shows, and by no key of anybody. */
const shown = {
  passkey: {
    id: NONSENSE,
    rawId: NONSENSE,
    type: "public-key",
    response: { clientDataJSON: NONSENSE, authenticatorData: NONSENSE, signature: NONSENSE },
  },
};
const made = {
  name: "Laptop",
  passkey: {
    id: NONSENSE,
    rawId: NONSENSE,
    type: "public-key",
    response: { clientDataJSON: NONSENSE, attestationObject: NONSENSE },
  },
};

/** One's own account; whoever asks stands before nothing of anybody else's. */
const own = (handler: string, more: Partial<Line> = {}): Line => ({ handler, may: "signed_in", ...more });
/** What has to be confirmed first; it may change the session's token. */
const weighty = (handler: string, more: Partial<Line> = {}): Line =>
  own(handler, { confirmed: true, ownSession: true, ...more });
const nobodys = (): Asked => ({ params: { passkeyId: randomUUID() } });
/** Nothing more is asked of somebody who is signed in. */
const finished = () => refused(409, "wrong_state");
const notShown = () => refused(401, "invalid_credentials");

const notThere = () => refused(404, "not_found");

/** The other session of somebody, to be ended. */
function plainSession({ stage, asker }: At): Asked {
  return { params: { sessionId: stage.players[asker === "anonymous" ? "lead" : asker].plain.sessionId } };
}

/** Signing in, second factors, sessions and passwords: all of one's own. */
export const SIGN_IN_LINES: readonly Line[] = [
  own(`GET ${API}/session`),
  own(`POST ${API}/session/factor/code`, {
    asks: () => ({ body: { kind: "totp", code: "123456" } }),
    except: finished,
  }),
  own(`POST ${API}/session/factor/passkey`, { asks: () => ({ body: shown }), except: finished }),
  own(`POST ${API}/session/factor/passkey/options`, { changes: true }),
  own(`POST ${API}/session/step-up/passkey`, { changes: true }),
  { handler: `POST ${API}/session/passkey/options`, may: "everybody", changes: true },
  {
    handler: `POST ${API}/session/passkey`,
    may: "everybody",
    asks: () => ({ body: shown }),
    except: () => refused(401, "invalid_credentials", { event: "session.failed" }),
  },
  {
    handler: `POST ${API}/session/sso`,
    may: "everybody",
    asks: ({ stage }) => ({ body: { email: stage.players.observer.email } }),
    except: notThere,
  },
  { handler: `GET ${API}/demo/sign-ins`, may: "everybody", except: notThere },

  own(`GET ${API}/me/factors`),
  weighty(`POST ${API}/me/factors/app`, { success: 201, event: "factor.begun", changes: true }),
  weighty(`POST ${API}/me/factors/app/confirm`, {
    asks: () => ({ body: { code: "123456" } }),
    except: () => refused(409, "wrong_state", { counts: ["sign_in_guard"] }),
  }),
  weighty(`DELETE ${API}/me/factors/app`, { except: notThere }),
  weighty(`POST ${API}/me/factors/passkeys/options`, { changes: true }),
  weighty(`POST ${API}/me/factors/passkeys`, { asks: () => ({ body: made }), except: notShown }),
  own(`PATCH ${API}/me/factors/passkeys/[passkeyId]`, {
    asks: () => ({ ...nobodys(), body: { name: "Key ring" } }),
    except: notThere,
  }),
  weighty(`DELETE ${API}/me/factors/passkeys/[passkeyId]`, { asks: nobodys, except: notThere }),
  weighty(`POST ${API}/me/factors/recovery-codes`, { success: 201, event: "recovery_codes.made", changes: true }),

  own(`GET ${API}/me/tokens`),
  weighty(`POST ${API}/me/tokens`, {
    asks: () => ({ body: { name: "CI", scope: "write", engagementIds: null, days: 30 } }),
    attempted: "account.tokens",
    success: 201,
    event: "token.made",
    changes: true,
  }),
  own(`DELETE ${API}/me/tokens/[tokenId]`, {
    asks: () => ({ params: { tokenId: randomUUID() } }),
    except: notThere,
  }),

  own(`GET ${API}/me/sign-ins`),
  own(`GET ${API}/me/sessions`),
  own(`DELETE ${API}/me/sessions`, { success: 204, event: "session.ended", ownSession: true }),
  own(`DELETE ${API}/me/sessions/[sessionId]`, {
    asks: plainSession,
    success: 204,
    event: "session.ended",
    ownSession: true,
  }),

  {
    handler: `POST ${API}/password-reset`,
    may: "everybody",
    asks: ({ stage }) => ({ body: { email: stage.players.observer.email } }),
    event: "password.reset_requested",
  },
  {
    handler: `POST ${API}/password-reset/accept`,
    may: "everybody",
    asks: ({ stage }) => ({ body: { token: stage.passwordReset, password: `${PASSWORD}, renewed` } }),
    success: 204,
    event: "password.reset",
    changes: true,
  },
];
