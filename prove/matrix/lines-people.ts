import { randomUUID } from "node:crypto";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import { type At, HIDDEN, type Line, refused } from "./line";
import { type PersonKey, sideOf } from "./people";

const ORGANISATION = "/api/v1/organisation";
const reads = (path: string, may: Line["may"], more: Partial<Line> = {}): Line => ({
  handler: `GET ${ORGANISATION}/${path}`,
  may,
  ...more,
});

/** Somebody of the asker's own company; the stranger's has nobody else. */
function target({ stage, asker }: At): string {
  if (asker === "anonymous") return stage.extras.entity.userId;
  const side = sideOf(asker);
  return side === "foreign" ? stage.players[asker].userId : stage.extras[side].userId;
}

/** Whose account a request is about, where that is the asker's own. */
function itself({ asker }: At): PersonKey | null {
  return asker !== "anonymous" && sideOf(asker) === "foreign" ? asker : null;
}

/** Something that an admin does to an account: to a colleague's, and never to the own one. */
function account(method: string, path: string, more: Partial<Line> & { readonly body?: unknown }): readonly Line[] {
  const { body, ...rest } = more;
  const line: Line = {
    handler: `${method} ${ORGANISATION}/people/[personId]/${path}`,
    may: "organisation.people",
    changes: true,
    ...rest,
  };
  return [
    {
      ...line,
      call: "of a colleague",
      asks: (at) => ({ params: { personId: target(at) }, body }),
      changesRoleOf: itself,
    },
    {
      ...line,
      call: "of oneself",
      asks: ({ stage, asker }) => ({
        params: { personId: stage.players[asker === "anonymous" ? "lead" : asker].userId },
        body,
      }),
      changesRoleOf: ({ asker }) => (asker === "anonymous" ? null : asker),
    },
    {
      ...line,
      call: "of nobody",
      asks: () => ({ params: { personId: randomUUID() }, body }),
      except: () => HIDDEN,
    },
  ];
}

/** A company's people, invitations and policy, in its admins' hands. */
export const PEOPLE_LINES: readonly Line[] = [
  reads("accounts", "organisation.accounts"),
  reads("factor-resets", "organisation.accounts"),
  reads("policy", "organisation.read"),
  reads("sign-ins", "organisation.trail", { event: "trail.viewed" }),
  {
    handler: `PUT ${ORGANISATION}/policy`,
    may: "organisation.settings",
    asks: () => ({ body: { ...BUILT_IN_POLICY, idleMinutes: 10, version: 0 } }),
    event: "policy.changed",
    changes: true,
  },
  {
    handler: `DELETE ${ORGANISATION}/invitations/[invitationId]`,
    may: "organisation.invite",
    asks: () => ({ params: { invitationId: randomUUID() } }),
    except: () => HIDDEN,
  },
  {
    handler: `POST ${ORGANISATION}/invitations/[invitationId]/resend`,
    may: "organisation.invite",
    asks: () => ({ params: { invitationId: randomUUID() } }),
    except: () => HIDDEN,
  },
  ...account("PUT", "role", { body: { role: "admin" }, event: "person.role_changed" }),
  ...account("PUT", "disabled", { body: { disabled: true }, event: "person.disabled" }),
  ...account("POST", "unlock", { except: () => refused(409, "wrong_state") }),
  ...account("DELETE", "sessions", { event: "person.sessions_ended", changes: false }),
  ...account("POST", "password-reset", { success: 201, event: "password.reset_made" }),
  // Nobody of the stage has a factor that could be taken away.
  ...account("POST", "factor-reset", {
    body: { reason: "Lost the phone." },
    except: () => refused(409, "wrong_state"),
  }),
  {
    handler: `POST ${ORGANISATION}/factor-resets/[resetId]/decision`,
    may: "organisation.people",
    asks: () => ({ params: { resetId: randomUUID() }, body: { decision: "approved" } }),
    except: () => HIDDEN,
  },
];
