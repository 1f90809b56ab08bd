import type pg from "pg";
import type { FactorResetDto } from "@/lib/contracts/people";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import { putApp } from "../support/account-rows";
import type { App } from "../support/app";
import {
  addOrganisation,
  addPerson,
  addSession,
  PASSWORD,
  type Person,
  type PutSession,
  stepUp,
} from "../support/cast";
import { Client, cookiesOf, type Reply } from "../support/client";
import type { Findings } from "../support/findings";
import { codeAt, enrolApp, sendCode, sendPassword } from "../support/second-factor";
import { must } from "../support/workbook";

/** Two apps over one database: sessions are ended here, and tried there. */
export interface Sides {
  readonly sql: pg.Client;
  readonly here: App;
  readonly there: App;
  readonly findings: Findings;
}

/** Somebody with two sessions, and two administrators of their organisation who have shown again who they are. */
interface Scene extends Sides {
  readonly person: Person;
  readonly one: PutSession;
  readonly other: PutSession;
  readonly admins: readonly [Client, Client];
}

/** Which sessions are to be gone, and which are to be there still; by their cookies. */
interface Outcome {
  readonly gone: readonly string[];
  readonly stay: readonly string[];
}

type Revocation = readonly [what: string, play: (scene: Scene) => Promise<Outcome>];

/** One's own browser, at the app where things are done. */
const at = ({ here }: Sides, { client }: PutSession): Client => new Client(here, client.cookie);
const cookies = (...sessions: readonly PutSession[]): string[] => sessions.map(({ client }) => client.cookie);
const all = ({ one, other }: Scene): Outcome => ({ gone: cookies(one, other), stay: [] });
/** The cookie of a session that goes on under a new token. */
const renewed = (reply: Reply): string => {
  must(reply);
  return cookiesOf(reply);
};

async function byAdmin(scene: Scene, method: string, path: string, body?: unknown): Promise<Outcome> {
  const sending = body === undefined ? {} : { body };
  const address = `/api/v1/organisation/people/${scene.person.userId}/${path}`;
  must(await scene.admins[0].send(method, address, sending));
  return all(scene);
}

/** Everything that ends sessions before their time. The last one changes what holds for the whole organisation. */
export const REVOCATIONS: readonly Revocation[] = [
  [
    "signing out",
    async (scene) => {
      must(await at(scene, scene.one).send("POST", "/api/v1/session/sign-out", { body: {} }));
      return { gone: cookies(scene.one), stay: cookies(scene.other) };
    },
  ],
  [
    "ending one of one's sessions",
    async (scene) => {
      must(await at(scene, scene.one).send("DELETE", `/api/v1/me/sessions/${scene.other.sessionId}`));
      return { gone: cookies(scene.other), stay: cookies(scene.one) };
    },
  ],
  [
    "ending all others",
    async (scene) => {
      must(await at(scene, scene.one).send("DELETE", "/api/v1/me/sessions"));
      return { gone: cookies(scene.other), stay: cookies(scene.one) };
    },
  ],
  [
    "a fourth sign-in",
    async (scene) => {
      // Setting up an app has opened the third.
      const { secret } = await enrolApp(scene.here, scene.sql, scene.person);
      await scene.sql.query("UPDATE session SET last_seen_at = now() - interval '1 minute' WHERE id = $1", [
        scene.one.sessionId,
      ]);
      const { reply, client } = await sendPassword(scene.here, scene.person.email, PASSWORD);
      must(reply);
      const token = renewed(await sendCode(client, "totp", await codeAt(secret, 1)));
      return { gone: cookies(scene.one), stay: [...cookies(scene.other), token] };
    },
  ],
  [
    "a second factor",
    async (scene) => {
      const { secret } = await enrolApp(scene.here, scene.sql, scene.person);
      const half = await addSession(scene.sql, scene.here, scene.person, "factor");
      // The code of this step was used up by setting up the app.
      const token = renewed(await sendCode(half.client, "totp", await codeAt(secret, 1)));
      return { gone: cookies(half), stay: [token] };
    },
  ],
  [
    "showing again who one is",
    async (scene) => {
      const body = { password: PASSWORD };
      const token = renewed(await at(scene, scene.one).send("POST", "/api/v1/session/step-up", { body }));
      return { gone: cookies(scene.one), stay: [token, ...cookies(scene.other)] };
    },
  ],
  [
    "another password",
    async (scene) => {
      const body = { currentPassword: PASSWORD, newPassword: `${PASSWORD}, renewed` };
      const token = renewed(await at(scene, scene.one).send("POST", "/api/v1/session/password", { body }));
      return { gone: cookies(scene.one, scene.other), stay: [token] };
    },
  ],
  ["an administrator ending them", (scene) => byAdmin(scene, "DELETE", "sessions")],
  ["disabling", (scene) => byAdmin(scene, "PUT", "disabled", { disabled: true })],
  ["another role", (scene) => byAdmin(scene, "PUT", "role", { role: "admin" })],
  ["an administrator ending the password", (scene) => byAdmin(scene, "POST", "password-reset", {})],
  [
    "taking second factors away",
    async (scene) => {
      const { sql, person, admins } = scene;
      await putApp(sql, person);
      const path = `/api/v1/organisation/people/${person.userId}/factor-reset`;
      const { id } = must<FactorResetDto>(await admins[0].send("POST", path, { body: { reason: "It is lost." } }));
      const decision = { decision: "approved" };
      must(await admins[1].send("POST", `/api/v1/organisation/factor-resets/${id}/decision`, { body: decision }));
      return all(scene);
    },
  ],
  [
    "a stricter policy",
    async (scene) => {
      await scene.sql.query("UPDATE session SET last_seen_at = now() - interval '6 minutes' WHERE id = $1", [
        scene.one.sessionId,
      ]);
      const body = { ...BUILT_IN_POLICY, idleMinutes: 5, version: 0 };
      must(await scene.admins[0].send("PUT", "/api/v1/organisation/policy", { body }));
      return { gone: cookies(scene.one), stay: cookies(scene.other) };
    },
  ],
];

/** Ends sessions in every way here, and looks there with the very next request. @returns how many were ended */
export async function runRound(sides: Sides, round: number): Promise<number> {
  const { sql, here, there, findings } = sides;
  const organisationId = await addOrganisation(sql, "entity", `Sessions ${round}`);
  const admins: [Client, Client] = [await admin(sides, organisationId, 1), await admin(sides, organisationId, 2)];
  let ended = 0;
  for (const [what, play] of REVOCATIONS) {
    const person = await addPerson(sql, organisationId, "member", `Sessions of ${round}`);
    const one = await addSession(sql, here, person);
    const other = await addSession(sql, here, person);
    for (const cookie of cookies(one, other)) {
      findings.expect(await isThere(there, cookie), `before ${what} in round ${round} a session was not there`);
    }
    const { gone, stay } = await play({ ...sides, person, one, other, admins });
    for (const app of [there, here]) {
      for (const cookie of gone) findings.expect(!(await isThere(app, cookie)), `${what} in round ${round} left one`);
      for (const cookie of stay) findings.expect(await isThere(app, cookie), `${what} in round ${round} took one more`);
    }
    ended += gone.length;
  }
  return ended;
}

/** An administrator's browser at the app where sessions are ended. */
async function admin({ sql, here }: Sides, organisationId: string, number: number): Promise<Client> {
  const session = await addSession(sql, here, await addPerson(sql, organisationId, "admin", `Admin ${number}`));
  await stepUp(sql, session);
  return session.client;
}

/** Whether an app takes a session at its next request, which keeps nothing alive. */
async function isThere(app: App, cookie: string): Promise<boolean> {
  const background = { "x-countervail-background": "1" };
  const { status } = await new Client(app, cookie).send("GET", "/api/v1/session", { headers: background });
  if (status !== 200 && status !== 401) throw new Error(`GET /api/v1/session was answered ${status}`);
  return status === 200;
}
