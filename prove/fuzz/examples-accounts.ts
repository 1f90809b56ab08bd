import { randomUUID } from "node:crypto";
import type { LogoDto } from "@/lib/contracts/logo";
import type { ThresholdsDto } from "@/lib/contracts/rigour-settings";
import type { SecurityPolicyDto } from "@/lib/contracts/security-policy";
import type { SsoDto } from "@/lib/contracts/single-sign-on";
import { DEFAULT_RIGOUR_SETTINGS } from "@/lib/domain/rigour/settings";
import { LOGO_INPUT } from "@/test/fixtures/png-file";
import {
  putApiToken,
  putFactorReset,
  putInvitation,
  putPasswordReset,
  putServiceAccount,
} from "../support/account-rows";
import { PASSWORD } from "../support/cast";
import { must } from "../support/workbook";
import type { Asked, Example } from "./example";
import type { Party, Stage } from "./stage";

const NONSENSE = "bm90aGluZw";
const key = { id: NONSENSE, rawId: NONSENSE, type: "public-key" };
/** In the shape of what a browser shows or makes, and by no key of anybody. */
const SHOWN = {
  passkey: { ...key, response: { clientDataJSON: NONSENSE, authenticatorData: NONSENSE, signature: NONSENSE } },
};
const MADE = {
  name: "Laptop",
  passkey: { ...key, response: { clientDataJSON: NONSENSE, attestationObject: NONSENSE } },
};

/** Asked by somebody who has just shown again who they are. */
function confirmed(by: Exclude<Party, "anonymous">, asked: Asked = {}, refusal?: string): Example {
  const ask = async (stage: Stage): Promise<Asked> => {
    await stage.stepUp(by);
    return { by, body: {}, ...asked };
  };
  return refusal === undefined ? { ask } : { ask, refusal };
}

/** The spare's own account, in a session that nothing has ended yet. */
function ofSpare(asked: Asked = {}, refusal?: string): Example {
  const ask = async (stage: Stage): Promise<Asked> => {
    await stage.renew("spare");
    await stage.stepUp("spare");
    return { by: "spare", body: {}, ...asked };
  };
  return refusal === undefined ? { ask } : { ask, refusal };
}

const SERVICES = "/api/v1/organisation/service-accounts";

/** Asked by an administrator about a service account that nothing was done to yet. */
function onNewService(asks: (stage: Stage, ownerId: string, serviceId: string) => Promise<Asked>): Example {
  const ask = async (stage: Stage): Promise<Asked> => {
    await stage.stepUp("lead");
    const { userId } = stage.people.contributor;
    const serviceId = await putServiceAccount(stage.sql, stage.organisationIds[0], userId);
    const asked = await asks(stage, userId, serviceId);
    return { ...asked, params: { serviceId, ...asked.params } };
  };
  return { ask };
}

const SSO_OFF = {
  issuer: "https://idp.example",
  clientId: "countervail",
  clientSecret: "a secret",
  domains: [],
  acceptedAmr: ["mfa"],
  acceptedAcr: [],
  justInTime: false,
  breakGlassUserId: null,
  enabled: false,
};

const byAnybody = (body: unknown, refusal?: string): Example => ({
  ask: () => ({ by: "anonymous", body }),
  ...(refusal === undefined ? {} : { refusal }),
});
const PERSON = "/api/v1/organisation/people/[personId]";
const history = "limit=5&kind=failure&from=2026-01-01&to=2027-12-31";

/** The right way to ask what is about accounts, sign-ins and the people of an organisation. */
export const ACCOUNT_EXAMPLES: Readonly<Record<string, Example>> = {
  "GET /api/v1/invitations/[token]": {
    ask: async (stage) => ({ by: "anonymous", params: { token: await stage.invitation() } }),
  },
  "POST /api/v1/invitations/accept": {
    ask: async (stage) => {
      const body = { token: await stage.invitation(), name: "Newcomer", password: "a password of a newcomer" };
      return { by: "anonymous", body };
    },
  },
  "POST /api/v1/organisation/invitations": {
    ask: async (stage) => {
      await stage.stepUp("lead");
      return { body: { email: `${randomUUID()}@proof.example`, name: "Newcomer", role: "member" } };
    },
  },
  "POST /api/v1/session/password": {
    ask: () => ({ by: "spare", body: { currentPassword: "not it", newPassword: "another password for proofs" } }),
    refusal: "invalid",
  },
  "POST /api/v1/session/sign-out": {
    ask: async (stage) => {
      await stage.renew("spare");
      return { by: "spare", body: {} };
    },
  },
  "POST /api/v1/session/step-up": {
    ask: async (stage) => {
      await stage.renew("spare");
      return { by: "spare", body: { password: PASSWORD } };
    },
    refusal: "invalid_credentials",
  },
  "POST /api/v1/session/factor/code": ofSpare({ body: { kind: "totp", code: "123456" } }, "wrong_state"),
  "POST /api/v1/session/factor/passkey": ofSpare({ body: SHOWN }, "wrong_state"),
  "POST /api/v1/session/factor/passkey/options": ofSpare(),
  "POST /api/v1/session/passkey": byAnybody(SHOWN, "invalid_credentials"),
  "POST /api/v1/session/passkey/options": byAnybody({}),
  "POST /api/v1/session/step-up/passkey": ofSpare(),
  "GET /api/v1/demo/sign-ins": { ask: () => ({ by: "anonymous" }), refusal: "not_found" },
  "POST /api/v1/me/factors/app": ofSpare(),
  "POST /api/v1/me/factors/app/confirm": ofSpare({ body: { code: "123456" } }, "invalid"),
  "DELETE /api/v1/me/factors/app": ofSpare({ body: undefined }, "not_found"),
  "POST /api/v1/me/factors/passkeys": ofSpare({ body: MADE }, "invalid_credentials"),
  "POST /api/v1/me/factors/passkeys/options": ofSpare(),
  "PATCH /api/v1/me/factors/passkeys/[passkeyId]": ofSpare({ body: { name: "Key ring" } }, "not_found"),
  "DELETE /api/v1/me/factors/passkeys/[passkeyId]": ofSpare({ body: undefined }, "not_found"),
  "POST /api/v1/me/factors/recovery-codes": ofSpare(),
  "DELETE /api/v1/me/sessions": ofSpare({ body: undefined }),
  "DELETE /api/v1/me/sessions/[sessionId]": ofSpare({ body: undefined }, "not_found"),
  "POST /api/v1/me/tokens": {
    ask: async (stage) => {
      await stage.renew("spare");
      await stage.stepUp("spare");
      return { by: "spare", body: { name: "CI", scope: "write", engagementIds: null, days: 30 } };
    },
    refusal: "blocked",
  },
  "DELETE /api/v1/me/tokens/[tokenId]": {
    ask: async (stage) => {
      const { id } = await putApiToken(stage.sql, stage.people.lead.userId);
      return { params: { tokenId: id } };
    },
  },
  "DELETE /api/v1/organisation/tokens/[tokenId]": {
    ask: async (stage) => {
      await stage.stepUp("lead");
      const { id } = await putApiToken(stage.sql, stage.people.contributor.userId);
      return { params: { tokenId: id } };
    },
  },
  [`POST ${SERVICES}`]: onNewService(async (_stage, ownerId) => ({
    body: { name: `Bridge ${randomUUID()}`, purpose: "Brings tickets in.", ownerId },
  })),
  [`PUT ${SERVICES}/[serviceId]`]: onNewService(async (_stage, ownerId) => ({
    body: { purpose: "Brings tickets in.", ownerId, version: 1 },
  })),
  [`PUT ${SERVICES}/[serviceId]/disabled`]: onNewService(async () => ({ body: { disabled: true } })),
  [`POST ${SERVICES}/[serviceId]/review`]: onNewService(async () => ({
    body: { version: 1, disabled: false, roles: [], tokenIds: [] },
  })),
  [`POST ${SERVICES}/[serviceId]/tokens`]: onNewService(async () => ({
    body: { name: "CI", scope: "write", engagementIds: null, days: 30 },
  })),
  [`DELETE ${SERVICES}/[serviceId]/tokens/[tokenId]`]: onNewService(async (stage, _ownerId, serviceId) => ({
    params: { tokenId: (await putApiToken(stage.sql, serviceId)).id },
  })),
  "GET /api/v1/me/engagements": { ask: () => ({ query: "limit=5&q=a" }) },
  "GET /api/v1/me/sign-ins": { ask: () => ({ query: history }) },

  "POST /api/v1/password-reset": { ask: (stage) => ({ by: "anonymous", body: { email: stage.people.spare.email } }) },
  "POST /api/v1/password-reset/accept": {
    ask: async (stage) => {
      const { token } = await putPasswordReset(stage.sql, stage.parameter("personId"));
      return { by: "anonymous", body: { token, password: `a password ${randomUUID()}` } };
    },
  },

  "GET /api/v1/organisation/sign-ins": {
    ask: (stage) => ({ query: `${history}&personId=${stage.people.spare.userId}` }),
  },
  "PUT /api/v1/organisation/policy": {
    // Not the entity's: what is set there by chance would be in everybody's way.
    ask: async (stage) => {
      await stage.stepUp("qsa");
      const {
        updatedBy: _by,
        updatedAt: _at,
        ...values
      } = must<SecurityPolicyDto>(await stage.client("qsa").send("GET", "/api/v1/organisation/policy"));
      return { by: "qsa", body: { ...values, idleMinutes: 14 } };
    },
  },
  "PUT /api/v1/organisation/rigour": {
    // Not the entity's: by other thresholds its worksheets might not be submitted any more.
    ask: async (stage) => {
      await stage.stepUp("qsa");
      const { version } = must<ThresholdsDto>(await stage.client("qsa").send("GET", "/api/v1/organisation/rigour"));
      return { by: "qsa", body: { ...DEFAULT_RIGOUR_SETTINGS, sectionLength: 100, version } };
    },
  },
  "PUT /api/v1/organisation/logo": {
    ask: async (stage) => {
      await stage.stepUp("qsa");
      const { version } = must<LogoDto>(await stage.client("qsa").send("GET", "/api/v1/organisation/logo"));
      return {
        by: "qsa",
        body: { ...LOGO_INPUT, version },
      };
    },
  },
  "GET /api/v1/organisation/logo/picture": { ask: () => ({}), refusal: "not_found" },
  "PUT /api/v1/organisation/sso": {
    // Switched off, and not the entity's.
    ask: async (stage) => {
      await stage.stepUp("qsa");
      const { version } = must<SsoDto>(await stage.client("qsa").send("GET", "/api/v1/organisation/sso"));
      return { by: "qsa", body: { ...SSO_OFF, version } };
    },
  },
  "POST /api/v1/organisation/sso/check": confirmed("qsa", { body: { issuer: "http://idp.example" } }),
  "POST /api/v1/session/sso": byAnybody({ email: "somebody@proof.example" }, "not_found"),
  [`PUT ${PERSON}/role`]: {
    ask: async (stage, turn) => {
      await stage.stepUp("lead");
      return { body: { role: turn % 2 === 0 ? "admin" : "member" } };
    },
    refusal: "wrong_state",
  },
  [`PUT ${PERSON}/disabled`]: {
    ask: async (stage, turn) => {
      await stage.stepUp("lead");
      return { body: { disabled: turn % 2 === 0 } };
    },
    refusal: "wrong_state",
  },
  [`POST ${PERSON}/unlock`]: confirmed("lead", {}, "wrong_state"),
  [`DELETE ${PERSON}/sessions`]: confirmed("lead", { body: undefined }),
  [`POST ${PERSON}/password-reset`]: confirmed("lead", {}, "wrong_state"),
  [`POST ${PERSON}/factor-reset`]: confirmed("lead", { body: { reason: "The phone is lost." } }, "already_exists"),
  "POST /api/v1/organisation/factor-resets/[resetId]/decision": {
    ask: async (stage) => {
      await stage.stepUp("lead");
      const resetId = await putFactorReset(stage.sql, stage.people.contributor, stage.people.spare.userId);
      return { params: { resetId }, body: { decision: "declined" } };
    },
  },
  "POST /api/v1/organisation/invitations/[invitationId]/resend": { ask: openInvitation },
  "DELETE /api/v1/organisation/invitations/[invitationId]": {
    ask: async (stage) => ({ ...(await openInvitation(stage)), body: undefined }),
  },
};

async function openInvitation(stage: Stage): Promise<Asked> {
  await stage.stepUp("lead");
  const { id } = await putInvitation(stage.sql, stage.organisationIds[0], stage.people.lead.userId);
  return { params: { invitationId: id }, body: {} };
}
