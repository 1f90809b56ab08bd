import { randomUUID } from "node:crypto";
import { type Line, refused } from "./line";

const API = "/api/v1";
const signedIn = (handler: string, more: Partial<Line> = {}): Line => ({ handler, may: "signed_in", ...more });
const open = (handler: string, more: Partial<Line> = {}): Line => ({ handler, may: "everybody", ...more });
const factors = `${API}/me/factors`;

/** What a browser would send; nobody has such a passkey. */
const SHOWN = {
  id: "bm9ib2R5cw",
  rawId: "bm9ib2R5cw",
  type: "public-key",
  response: { clientDataJSON: "e30", authenticatorData: "AA", signature: "AA" },
};
const MADE = { ...SHOWN, response: { clientDataJSON: "e30", attestationObject: "AA" } };

/** Whoever is in has nothing more to show. */
const finished = () => refused(409, "wrong_state");
/** Factors change after a step-up alone, and these sessions have made none. */
const stepUpFirst = () => refused(403, "step_up_required");

/** What finishes a sign-in, and what everybody has of their own: factors and sessions. */
export const SIGN_IN_LINES: readonly Line[] = [
  signedIn(`GET ${API}/session`),
  signedIn(`POST ${API}/session/factor/code`, {
    asks: () => ({ body: { kind: "totp", code: "000000" } }),
    except: finished,
  }),
  signedIn(`POST ${API}/session/factor/passkey`, { asks: () => ({ body: { passkey: SHOWN } }), except: finished }),
  signedIn(`POST ${API}/session/factor/passkey/options`, { changes: true }),
  signedIn(`POST ${API}/session/step-up/passkey`, { changes: true }),
  open(`POST ${API}/session/passkey`, {
    asks: () => ({ body: { passkey: SHOWN } }),
    except: () => refused(401, "invalid_credentials", "session.failed"),
  }),
  open(`POST ${API}/session/passkey/options`, { changes: true }),

  signedIn(`GET ${factors}`),
  signedIn(`POST ${factors}/app`, { except: stepUpFirst }),
  signedIn(`DELETE ${factors}/app`, { except: stepUpFirst }),
  signedIn(`POST ${factors}/app/confirm`, { asks: () => ({ body: { code: "000000" } }), except: stepUpFirst }),
  signedIn(`POST ${factors}/passkeys/options`, { except: stepUpFirst }),
  signedIn(`POST ${factors}/passkeys`, {
    asks: () => ({ body: { name: "Laptop", passkey: MADE } }),
    except: stepUpFirst,
  }),
  signedIn(`PATCH ${factors}/passkeys/[passkeyId]`, {
    asks: () => ({ params: { passkeyId: randomUUID() }, body: { name: "Laptop" } }),
    except: () => refused(404, "not_found"),
  }),
  signedIn(`DELETE ${factors}/passkeys/[passkeyId]`, {
    asks: () => ({ params: { passkeyId: randomUUID() } }),
    except: stepUpFirst,
  }),
  signedIn(`POST ${factors}/recovery-codes`, { except: stepUpFirst }),

  signedIn(`GET ${API}/me/sessions`),
  signedIn(`DELETE ${API}/me/sessions`, { success: 204, event: "session.ended", ownSession: true }),
  signedIn(`DELETE ${API}/me/sessions/[sessionId]`, {
    asks: () => ({ params: { sessionId: randomUUID() } }),
    except: () => refused(404, "not_found"),
  }),
  signedIn(`GET ${API}/me/sign-ins`),

  // The demo is off.
  open(`GET ${API}/demo/sign-ins`, { except: () => refused(404, "not_found") }),
  open(`POST ${API}/password-reset`, {
    asks: () => ({ body: { email: "nobody@proof.example" } }),
    event: "password.reset_requested",
  }),
  open(`POST ${API}/password-reset/accept`, {
    asks: () => ({ body: { token: "A".repeat(43), password: "some quite unrelated words" } }),
    except: () => refused(404, "not_found", "password.reset_failed"),
  }),
];
