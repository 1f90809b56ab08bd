import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import type { Example } from "./examples";

const PEOPLE = "/api/v1/organisation/people/[personId]";
const FACTORS = "/api/v1/me/factors";
const SESSION = "/api/v1/session";

/** What a browser would send; nobody has such a passkey. */
const SHOWN = {
  id: "bm9ib2R5cw",
  rawId: "bm9ib2R5cw",
  type: "public-key",
  response: { clientDataJSON: "e30", authenticatorData: "AA", signature: "AA" },
};
const MADE = { ...SHOWN, response: { clientDataJSON: "e30", attestationObject: "AA" } };

/** Asks rightly, and is refused for what stands there or does not; by somebody who never shows again who it is. */
const refusedFor = (refusal: string, body?: unknown): Example => ({
  ask: () => ({ by: "contributor", body }),
  refusal,
});
const byNobody = (refusal: string, body?: unknown): Example => ({
  ask: () => ({ by: "anonymous", body }),
  refusal,
});
/** An admin's act on an account that nobody uses, after a step-up. */
const onAccount = (body?: unknown, refusal = "wrong_state"): Example => ({
  ask: async (stage) => {
    await stage.stepUp("lead");
    return { body };
  },
  refusal,
});

/** The right way to ask what belongs to accounts: one's own, and those of one's people. */
export const ACCOUNT_EXAMPLES: Readonly<Record<string, Example>> = {
  [`POST ${SESSION}/factor/code`]: refusedFor("wrong_state", { kind: "totp", code: "000000" }),
  [`POST ${SESSION}/factor/passkey`]: refusedFor("wrong_state", { passkey: SHOWN }),
  [`POST ${SESSION}/factor/passkey/options`]: { ask: () => ({ body: {} }) },
  [`POST ${SESSION}/passkey`]: byNobody("invalid_credentials", { passkey: SHOWN }),
  [`POST ${SESSION}/passkey/options`]: { ask: () => ({ by: "anonymous", body: {} }) },
  [`POST ${SESSION}/step-up/passkey`]: { ask: () => ({ body: {} }) },
  [`POST ${FACTORS}/app`]: refusedFor("step_up_required", {}),
  [`DELETE ${FACTORS}/app`]: refusedFor("step_up_required"),
  [`POST ${FACTORS}/app/confirm`]: refusedFor("step_up_required", { code: "000000" }),
  [`POST ${FACTORS}/passkeys`]: refusedFor("step_up_required", { name: "Laptop", passkey: MADE }),
  [`POST ${FACTORS}/passkeys/options`]: refusedFor("step_up_required", {}),
  [`PATCH ${FACTORS}/passkeys/[passkeyId]`]: refusedFor("not_found", { name: "Laptop" }),
  [`DELETE ${FACTORS}/passkeys/[passkeyId]`]: refusedFor("step_up_required"),
  [`POST ${FACTORS}/recovery-codes`]: refusedFor("step_up_required", {}),
  "DELETE /api/v1/me/sessions": {
    ask: async (stage) => {
      await stage.renew("spare");
      return { by: "spare" };
    },
  },
  "DELETE /api/v1/me/sessions/[sessionId]": refusedFor("not_found"),
  "GET /api/v1/me/sign-ins": { ask: () => ({ query: "limit=5&from=2026-01-01&to=2027-12-31" }) },
  "GET /api/v1/organisation/sign-ins": { ask: () => ({ query: "limit=5&from=2026-01-01&to=2027-12-31" }) },
  "GET /api/v1/demo/sign-ins": byNobody("not_found"),
  "POST /api/v1/password-reset": { ask: () => ({ by: "anonymous", body: { email: "nobody@proof.example" } }) },
  "POST /api/v1/password-reset/accept": byNobody("not_found", {
    token: "A".repeat(43),
    password: "some quite unrelated words",
  }),
  "PUT /api/v1/organisation/policy": onAccount({ ...BUILT_IN_POLICY, idleMinutes: 14, version: 0 }, "stale"),
  "DELETE /api/v1/organisation/invitations/[invitationId]": onAccount(undefined, "not_found"),
  "POST /api/v1/organisation/invitations/[invitationId]/resend": onAccount({}, "not_found"),
  "POST /api/v1/organisation/factor-resets/[resetId]/decision": onAccount({ decision: "approved" }, "not_found"),
  [`PUT ${PEOPLE}/role`]: onAccount({ role: "member" }),
  [`PUT ${PEOPLE}/disabled`]: onAccount({ disabled: false }),
  [`POST ${PEOPLE}/unlock`]: onAccount({}),
  [`DELETE ${PEOPLE}/sessions`]: onAccount(),
  [`POST ${PEOPLE}/password-reset`]: onAccount({}),
  [`POST ${PEOPLE}/factor-reset`]: onAccount({ reason: "Lost the phone." }),
};
