import type { AuditAction } from "@/lib/domain/audit/event-types";
import { DEFAULT_RIGOUR_SETTINGS } from "@/lib/domain/rigour/settings";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import { LOGO_INPUT } from "@/test/fixtures/png-file";
import { type Asked, type At, HIDDEN, type Line, refused } from "./line";
import { type Side, sideOf } from "./people";

const ORGANISATION = "/api/v1/organisation";

const sideAt = ({ asker }: At): Side => (asker === "anonymous" ? "entity" : sideOf(asker));
/** A company that the asker has nothing to do with. */
const otherSide = (at: At): Side => (sideAt(at) === "foreign" ? "entity" : "foreign");

/** An act on somebody's account: of the own company, of oneself, of another company. */
function onPerson(end: string, method: string, event: AuditAction, more: Partial<Line> & { body?: unknown }): Line[] {
  const { body, ...rest } = more;
  const line: Line = {
    handler: `${method} ${ORGANISATION}/people/[personId]/${end}`,
    may: "organisation.people",
    event,
    changes: true,
    ...rest,
  };
  const asked = (personId: string): Asked => ({ params: { personId }, ...(body === undefined ? {} : { body }) });
  return [
    { ...line, asks: (at) => asked(at.stage.administered[sideAt(at)].person.userId) },
    {
      ...line,
      call: "of oneself",
      asks: ({ stage, asker }) => asked(stage.players[asker === "anonymous" ? "lead" : asker].userId),
      changesRoleOf: ({ asker }) => (asker === "anonymous" ? null : asker),
    },
    {
      ...line,
      call: "of another company",
      asks: (at) => asked(at.stage.administered[otherSide(at)].person.userId),
      except: () => HIDDEN,
    },
  ];
}

/** The same request about a thing of the own company, and of another one. */
function here(line: Omit<Line, "asks">, ask: (at: At, side: Side) => Asked): Line[] {
  return [
    { ...line, asks: (at) => ask(at, sideAt(at)) },
    { ...line, call: "of another company", asks: (at) => ask(at, otherSide(at)), except: () => HIDDEN },
  ];
}

/** Switched off, so that everybody's way in stays as it is. */
const SSO_OFF = {
  version: 0,
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

const SERVICES = `${ORGANISATION}/service-accounts`;
const NEW_TOKEN = { name: "Bridge", scope: "write", engagementIds: null, days: 30 };
/** Another administrator answers for it. */
const answeredFor = ({ stage }: At, side: Side) => ({
  purpose: "Brings tickets in.",
  ownerId: stage.administered[side].person.userId,
});

/** An act on a service account: of the own company, and of another one. */
function onService(
  end: string,
  method: string,
  event: AuditAction,
  body: (at: At, side: Side) => unknown,
  success?: number,
): Line[] {
  const handler = `${method} ${SERVICES}/[serviceId]${end}`;
  const line = {
    handler,
    may: "organisation.services",
    event,
    changes: true,
    ...(success ? { success } : {}),
  } as const;
  return here(line, (at, side) => {
    const { serviceId, serviceTokenId } = at.stage.administered[side];
    const asked = body(at, side);
    return { params: { serviceId, tokenId: serviceTokenId }, ...(asked === undefined ? {} : { body: asked }) };
  });
}

const invitationAt = (at: At, side: Side): Asked => ({
  params: { invitationId: at.stage.administered[side].invitationId },
});

/** What the administrators of an organisation do to its people, and see of them. */
export const PEOPLE_LINES: readonly Line[] = [
  { handler: `GET ${ORGANISATION}/accounts`, may: "organisation.accounts" },
  { handler: `GET ${ORGANISATION}/factor-resets`, may: "organisation.accounts" },
  { handler: `GET ${ORGANISATION}/tokens`, may: "organisation.accounts" },
  { handler: `GET ${ORGANISATION}/policy`, may: "organisation.read" },
  { handler: `GET ${ORGANISATION}/rigour`, may: "organisation.read" },
  { handler: `GET ${ORGANISATION}/sso`, may: "organisation.accounts" },
  {
    handler: `PUT ${ORGANISATION}/sso`,
    may: "organisation.settings",
    asks: () => ({ body: SSO_OFF }),
    event: "sso.changed",
    changes: true,
  },
  {
    handler: `POST ${ORGANISATION}/sso/check`,
    may: "organisation.settings",
    asks: () => ({ body: { issuer: "http://idp.example" } }),
  },
  { handler: `GET ${ORGANISATION}/sign-ins`, may: "organisation.trail", event: "trail.viewed" },
  {
    handler: `PUT ${ORGANISATION}/policy`,
    may: "organisation.settings",
    asks: () => ({ body: { ...BUILT_IN_POLICY, idleMinutes: 14, version: 0 } }),
    event: "policy.changed",
    changes: true,
  },
  {
    handler: `PUT ${ORGANISATION}/rigour`,
    may: "organisation.settings",
    asks: () => ({ body: { ...DEFAULT_RIGOUR_SETTINGS, sectionLength: 100, version: 0 } }),
    event: "thresholds.changed",
    changes: true,
  },
  { handler: `GET ${ORGANISATION}/logo`, may: "organisation.read" },
  // Neither company has one.
  {
    handler: `GET ${ORGANISATION}/logo/picture`,
    may: "organisation.read",
    except: () => refused(404, "not_found"),
  },
  {
    handler: `PUT ${ORGANISATION}/logo`,
    may: "organisation.settings",
    asks: () => ({
      body: LOGO_INPUT,
    }),
    event: "logo.changed",
    changes: true,
  },
  ...onPerson("role", "PUT", "person.role_changed", { body: { role: "admin" } }),
  ...onPerson("disabled", "PUT", "person.disabled", { body: { disabled: true } }),
  ...onPerson("unlock", "POST", "person.unlocked", {}),
  // Sessions are looked at apart.
  ...onPerson("sessions", "DELETE", "person.sessions_ended", { changes: false }),
  ...onPerson("password-reset", "POST", "password.reset_made", { success: 201 }),
  ...onPerson("factor-reset", "POST", "factor.reset_requested", { success: 201, body: { reason: "Lost." } }),
  ...here(
    {
      handler: `POST ${ORGANISATION}/factor-resets/[resetId]/decision`,
      may: "organisation.people",
      success: 204,
      event: "factor.reset_approved",
      changes: true,
    },
    ({ stage }, side) => ({ params: { resetId: stage.administered[side].resetId }, body: { decision: "approved" } }),
  ),
  ...here(
    {
      handler: `DELETE ${ORGANISATION}/tokens/[tokenId]`,
      may: "organisation.people",
      success: 204,
      event: "token.revoked",
      changes: true,
    },
    ({ stage }, side) => ({ params: { tokenId: stage.administered[side].tokenId } }),
  ),
  { handler: `GET ${SERVICES}`, may: "organisation.accounts" },
  {
    handler: `POST ${SERVICES}`,
    may: "organisation.services",
    asks: (at) => ({ body: { name: "Bridge", ...answeredFor(at, sideAt(at)) } }),
    success: 201,
    event: "service_account.made",
    changes: true,
  },
  ...onService("", "PUT", "service_account.changed", (at, side) => ({ ...answeredFor(at, side), version: 1 })),
  ...onService("/disabled", "PUT", "service_account.disabled", () => ({ disabled: true })),
  ...onService("/review", "POST", "service_account.reviewed", ({ stage }, side) => ({
    version: 1,
    disabled: false,
    roles: [],
    tokenIds: [stage.administered[side].serviceTokenId],
  })),
  ...onService("/tokens", "POST", "token.made", () => NEW_TOKEN, 201),
  ...onService("/tokens/[tokenId]", "DELETE", "token.revoked", () => undefined, 204),
  ...here(
    {
      handler: `POST ${ORGANISATION}/invitations/[invitationId]/resend`,
      may: "organisation.invite",
      event: "invitation.resent",
      changes: true,
    },
    invitationAt,
  ),
  ...here(
    {
      handler: `DELETE ${ORGANISATION}/invitations/[invitationId]`,
      may: "organisation.invite",
      success: 204,
      event: "invitation.withdrawn",
      changes: true,
    },
    invitationAt,
  ),
];
