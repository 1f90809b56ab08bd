import { PASSWORD } from "../support/cast";
import { signInForm } from "../support/client";
import { type At, type Line, refused } from "./line";

const API = "/api/v1";
const CATALOGUE = `${API}/catalogue`;
const open = (handler: string, more: Partial<Line> = {}): Line => ({ handler, may: "everybody", ...more });
const inOrganisation = (path: string, may: Line["may"]): Line => ({ handler: `GET ${API}/organisation/${path}`, may });

/** Signs the asker in; somebody who is not signed in comes as the observer. */
async function signingIn({ stage, asker }: At) {
  const { userId, email } = stage.players[asker === "anonymous" ? "observer" : asker];
  // Of more sessions than the policy allows the least used ones would end.
  await stage.sql.query("UPDATE session SET ended_at = now() WHERE user_id = $1", [userId]);
  const { raw, headers } = await signInForm(stage.app, email, PASSWORD);
  return {
    params: { "...nextauth": "callback/credentials" },
    form: String(raw),
    headers: headers as Readonly<Record<string, string>>,
  };
}

/** The own organisation, the own account, and what everybody may read. */
export const ACCOUNT_LINES: readonly Line[] = [
  inOrganisation("people", "organisation.read"),
  inOrganisation("assessors", "organisation.read"),
  inOrganisation("invitations", "organisation.accounts"),
  {
    handler: `POST ${API}/organisation/invitations`,
    may: "organisation.invite",
    asks: () => ({ body: { email: "invited@proof.example", name: "Invited", role: "member" } }),
    success: 201,
    event: "person.invited",
    changes: true,
  },
  { ...inOrganisation("events", "organisation.trail"), event: "trail.viewed" },
  inOrganisation("events/verification", "organisation.trail"),
  inOrganisation("events/checkpoint", "organisation.trail"),
  { ...inOrganisation("events/export", "organisation.trail_export"), event: "export.made" },

  { handler: `GET ${API}/me`, may: "signed_in" },
  {
    handler: `POST ${API}/session/step-up`,
    may: "signed_in",
    asks: () => ({ body: { password: PASSWORD } }),
    event: "session.stepped_up",
    changes: true,
    ownSession: true,
  },
  {
    handler: `POST ${API}/session/password`,
    may: "signed_in",
    asks: () => ({ body: { currentPassword: PASSWORD, newPassword: `${PASSWORD}, renewed` } }),
    event: "password.changed",
    changes: true,
    ownSession: true,
  },
  {
    handler: `POST ${API}/session/sign-out`,
    may: "signed_in",
    success: 204,
    event: "session.ended",
    ownSession: true,
  },

  open(`GET ${API}/openapi.json`),
  open("GET /livez"),
  open("GET /readyz"),
  open("GET /api/auth/[...nextauth]", { asks: () => ({ params: { "...nextauth": "csrf" } }) }),
  open("POST /api/auth/[...nextauth]", { asks: signingIn, event: "session.started", changes: true, ownSession: true }),
  open(`GET ${CATALOGUE}/requirements`, { asks: () => ({ query: "version=4.0.1" }) }),
  open(`GET ${CATALOGUE}/requirements/[version]/[number]`, {
    asks: () => ({ params: { version: "4.0.1", number: "8.3.4" } }),
  }),
  open(`GET ${CATALOGUE}/claims`),
  open(`GET ${CATALOGUE}/article-rows`),
  open(`GET ${CATALOGUE}/key-options`),
  open(`GET ${CATALOGUE}/final-checks`),
  open(`GET ${CATALOGUE}/mappings`),
  open(`GET ${CATALOGUE}/mappings/oscal`),
  open(`GET ${CATALOGUE}/[version]/oscal`, { asks: () => ({ params: { version: "3.2.1" } }) }),
  ...["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) =>
    open(`${method} ${API}/[...rest]`, {
      asks: () => ({ params: { "...rest": "no/such/thing" } }),
      except: () => refused(404, "not_found"),
    }),
  ),
  open(`GET ${API}/invitations/[token]`, { asks: ({ stage }) => ({ params: { token: stage.invitation } }) }),
  open(`POST ${API}/invitations/accept`, {
    asks: ({ stage }) => ({ body: { token: stage.invitation, name: "Newcomer", password: PASSWORD } }),
    success: 201,
    event: "person.joined",
    changes: true,
  }),
  // The service is set up, so nobody may any more.
  open(`POST ${API}/setup`, {
    asks: () => ({
      body: {
        setupCode: "not the code of this start",
        organisationName: "Another",
        organisationKind: "entity",
        name: "Somebody",
        email: "somebody@proof.example",
        password: PASSWORD,
      },
    }),
    except: () => refused(422, "invalid", { event: "set_up.failed" }),
  }),
];
