import assert from "node:assert/strict";
import { DELETE as endOne } from "@/app/api/v1/me/sessions/[sessionId]/route";
import { DELETE as endOthers, GET as listSessions } from "@/app/api/v1/me/sessions/route";
import { POST as decide } from "@/app/api/v1/organisation/factor-resets/[resetId]/decision/route";
import { PUT as setDisabled } from "@/app/api/v1/organisation/people/[personId]/disabled/route";
import { POST as askReset } from "@/app/api/v1/organisation/people/[personId]/factor-reset/route";
import { POST as endPassword } from "@/app/api/v1/organisation/people/[personId]/password-reset/route";
import { PUT as setRole } from "@/app/api/v1/organisation/people/[personId]/role/route";
import { DELETE as endAll } from "@/app/api/v1/organisation/people/[personId]/sessions/route";
import { GET as getPolicy, PUT as setPolicy } from "@/app/api/v1/organisation/policy/route";
import { POST as acceptReset } from "@/app/api/v1/password-reset/accept/route";
import { POST as changePassword } from "@/app/api/v1/session/password/route";
import { POST as signOut } from "@/app/api/v1/session/sign-out/route";
import type { LiveSessionDto } from "@/lib/contracts/factors";
import type { FactorResetDto, PasswordResetMadeDto } from "@/lib/contracts/people";
import type { SecurityPolicyDto } from "@/lib/contracts/security-policy";
import { BUILT_IN_POLICY, type SecurityPolicy } from "@/lib/domain/security/policy";
import type { Instances, SessionCase } from "@/test/session-cases/instances";
import { PASSWORD, type Person } from "@/test/world";

/** Two sessions of somebody, both in use. */
async function two(app: Instances, person: Person): Promise<[string, string]> {
  return [await app.signIn(person), await app.signIn(person)];
}

async function own(app: Instances, token: string): Promise<LiveSessionDto> {
  const { items } = (await (await app.ask(0, token, listSessions)).json()) as { items: LiveSessionDto[] };
  const current = items.find((one) => one.current);
  assert.ok(current, "a session does not list itself");
  return current;
}

const about = (app: Instances, person: Person) => ({ params: { personId: app.world.userId(person) } });

/** Asks for the removal of somebody's factors. @returns the request */
async function asked(app: Instances, admin: string, person: Person): Promise<FactorResetDto> {
  const sent = { ...about(app, person), method: "POST", body: { reason: "The phone is lost." } } as const;
  return (await (await app.ask(0, admin, askReset, sent)).json()) as FactorResetDto;
}

/** Sets the policy of the assessor company. */
async function set(app: Instances, values: Partial<SecurityPolicy>): Promise<void> {
  const admin = await app.steppedUp("firmAdmin");
  const { version } = (await (await app.ask(0, admin, getPolicy)).json()) as SecurityPolicyDto;
  await app.do(0, admin, setPolicy, { method: "PUT", body: { ...BUILT_IN_POLICY, ...values, version } });
}

/** What ends sessions before their time: effective with the next request, whichever instance it comes to. */
export const REVOCATION_CASES: readonly SessionCase[] = [
  [
    "signing out ends that session alone and empties the cookie",
    async (app) => {
      const [mine, other] = await two(app, "observer");
      const reply = await app.ask(1, mine, signOut, { method: "POST", body: {} });
      assert.match(reply.headers.get("set-cookie") ?? "", /^countervail=; .*Max-Age=0/);
      await app.expectGone("signed out", mine);
      await app.expectThere("the other browser", other);
    },
  ],
  [
    "one's own session is ended from another browser",
    async (app) => {
      const [mine, other] = await two(app, "observer");
      const { id } = await own(app, other);
      await app.do(0, mine, endOne, { method: "DELETE", params: { sessionId: id } });
      await app.expectGone("the ended one", other);
      await app.expectThere("the one in use", mine);
    },
  ],
  [
    "somebody else's session is not there to be ended",
    async (app) => {
      const [mine, theirs] = [await app.signIn("observer"), await app.signIn("isa")];
      const sent = { method: "DELETE", params: { sessionId: (await own(app, theirs)).id } } as const;
      assert.equal((await app.ask(0, mine, endOne, sent)).status, 404);
      await app.expectThere("both", mine, theirs);
    },
  ],
  [
    "all others are ended at once",
    async (app) => {
      const [mine, ...others] = [await app.signIn("observer"), ...(await two(app, "observer"))];
      await app.do(1, mine, endOthers, { method: "DELETE" });
      await app.expectGone("the others", ...others);
      await app.expectThere("the one in use", mine);
    },
  ],
  [
    "an administrator ends all sessions of a person",
    async (app) => {
      const tokens = await two(app, "observer");
      const admin = await app.steppedUp("admin");
      await app.do(0, admin, endAll, { ...about(app, "observer"), method: "DELETE" });
      await app.expectGone("the person's", ...tokens);
      await app.expectThere("the administrator's", admin);
    },
  ],
  [
    "disabling a person ends all of them, and enabling brings none back",
    async (app) => {
      const tokens = [...(await two(app, "observer")), await app.signIn("observer", ["password"])];
      const admin = await app.steppedUp("admin");
      const sent = { ...about(app, "observer"), method: "PUT" } as const;
      await app.do(1, admin, setDisabled, { ...sent, body: { disabled: true } });
      await app.expectGone("of a disabled person", ...tokens);
      await app.do(1, admin, setDisabled, { ...sent, body: { disabled: false } });
      await app.expectGone("of an enabled person", ...tokens);
    },
  ],
  [
    "another role ends all of them",
    async (app) => {
      const tokens = await two(app, "observer");
      const admin = await app.steppedUp("admin");
      for (const role of ["admin", "member"]) {
        await app.do(0, admin, setRole, { ...about(app, "observer"), method: "PUT", body: { role } });
        await app.expectGone(`of a new ${role}`, ...tokens);
      }
    },
  ],
  [
    "another password ends all others, and the one in use goes on under a new token",
    async (app) => {
      const [mine, other] = await two(app, "isa");
      const body = { currentPassword: PASSWORD, newPassword: "three unrelated words" };
      const token = await app.do(0, mine, changePassword, { body });
      await app.expectThere("the one in use", token);
      await app.expectGone("the others", mine, other);
    },
  ],
  [
    "an administrator who ends the password ends all of them, and so does the link for a new one",
    async (app) => {
      const tokens = await two(app, "reviewer");
      const admin = await app.steppedUp("admin");
      const reply = await app.ask(0, admin, endPassword, { ...about(app, "reviewer"), method: "POST", body: {} });
      const { link } = (await reply.json()) as PasswordResetMadeDto;
      await app.expectGone("without a password", ...tokens);
      const begun = await app.signIn("reviewer");
      const body = { token: link?.split("/").at(-1) ?? "", password: "four quite unrelated words" };
      assert.equal((await app.ask(1, null, acceptReset, { method: "POST", body })).status, 204);
      await app.expectGone("with a new password", begun);
    },
  ],
  [
    "taking the second factors away ends all of them, asking for it or declining none",
    async (app) => {
      const tokens = await two(app, "colleague");
      const admin = await app.steppedUp("admin");
      await app.do(0, admin, setRole, { ...about(app, "lead"), method: "PUT", body: { role: "admin" } });
      const second = await app.steppedUp("lead", 1);
      const declined = await asked(app, admin, "colleague");
      await app.do(1, second, decide, { params: { resetId: declined.id }, body: { decision: "declined" } });
      const { id } = await asked(app, admin, "colleague");
      await app.expectThere("before anybody agreed", ...tokens);
      await app.do(1, second, decide, { params: { resetId: id }, body: { decision: "approved" } });
      await app.expectGone("without factors", ...tokens);
    },
  ],
  [
    "a shorter idle time ends what is longer idle, in that organisation alone",
    async (app) => {
      const [theirs, ours] = [await app.signIn("qsa"), await app.signIn("lead")];
      app.world.pass({ minutes: 6 });
      await app.expectThere("within the built-in time", theirs, ours);
      await set(app, { idleMinutes: 5 });
      await app.expectGone("longer idle than the policy allows", theirs);
      await app.expectThere("of another organisation", ours);
      await app.expectEnd("a session under the policy", await app.signIn("qsa"), { minutes: 5 });
    },
  ],
  [
    "a shorter length ends what is older",
    async (app) => {
      await set(app, {});
      const token = await app.signIn("assistant");
      for (const _ of [1, 2, 3, 4, 5]) {
        app.world.pass({ minutes: 14 });
        assert.ok(await app.use(token));
      }
      await set(app, { absoluteHours: 1 });
      await app.expectGone("older than the policy allows", token);
    },
  ],
  [
    "fewer sessions leave room for the next one alone",
    async (app) => {
      const before = await two(app, "qsa");
      await set(app, { maxSessions: 1 });
      const token = await app.signIn("qsa");
      await app.expectGone("beyond the policy", ...before);
      await app.expectThere("the last", token);
    },
  ],
];
