import type pg from "pg";
import type { SessionStage } from "@/lib/domain/security/session-life";
import type { App } from "./support/app";
import { sharedApp } from "./support/app";
import { addOrganisation, addPerson, addSession, type Person } from "./support/cast";
import { Client } from "./support/client";
import { Findings } from "./support/findings";
import { findHandlers } from "./support/handlers";
import { findPages } from "./support/pages";
import type { Proof } from "./support/proof";
import { codeAt, enrolApp, forgetSteps, sendCode } from "./support/second-factor";
import { asSuperuser } from "./support/sql";

/** Handlers that a sign-in which is not finished may reach, beside those that everybody may. */
const OF_THE_SIGN_IN =
  /^\w+ \/api\/v1\/(session|session\/(sign-out|password|sso|factor\/.*|passkey.*)|me\/factors(\/app|\/app\/confirm|\/passkeys|\/passkeys\/options)?)$/;
const OPEN_TO_ALL =
  /^\w+ \/(livez|readyz|api\/auth\/.*|api\/v1\/(catalogue\/.*|openapi\.json|setup|invitations\/.*|password-reset.*|demo\/.*|\[\.\.\.rest\]))$/;
/** Pages that everybody may read, and those that finish a sign-in. */
const OPEN_PAGES = /^\/($|sign-in|forgot-password|setup|join\/|reset\/|catalogue|compliance|docs\/api|verify)/;
const UNFINISHED = ["factor", "enrol", "change_password"] as const;
const ANY_ID = "00000000-0000-4000-8000-000000000000";

/**
 * A code is taken once, however many clients send it at the same time; and a session that has shown the password alone
 * reaches nothing but what finishes it, over every handler and page of the app.
 */
export const prove: Proof = async ({ short }) => {
  const races = short ? 60 : 1_000;
  const findings = new Findings();
  const app = await sharedApp();
  const reached = await asSuperuser(app, async (sql) => {
    const organisationId = await addOrganisation(sql, "entity", "Totp Payments");
    const person = await addPerson(sql, organisationId, "member", "Totp Racer");
    const { secret } = await enrolApp(app, sql, person);
    for (let race = 0; race < races; race += 1) await runRace(app, sql, person, secret, findings);
    let reached = { handlers: 0, pages: 0 };
    for (const stage of UNFINISHED) reached = await tryEverything(app, sql, person, stage, findings);
    await tryToEnrol(app, sql, person, findings);
    return reached;
  });
  return findings.result(
    `${races} races of two clients with one code, each won once; unfinished sessions of every kind refused by ${reached.handlers} handlers and ${reached.pages} pages`,
  );
};

async function runRace(app: App, sql: pg.Client, person: Person, secret: string, findings: Findings): Promise<void> {
  await forgetSteps(sql, [person.userId]);
  const rivals = [await addSession(sql, app, person, "factor"), await addSession(sql, app, person, "factor")];
  const code = await codeAt(secret);
  const replies = await Promise.all(rivals.map(({ client }) => sendCode(client, "totp", code)));
  const statuses = replies.map(({ status }) => status).sort((a, b) => a - b);
  findings.expect(statuses.join() === "200,401", `a race ended with ${statuses.join(" and ")}`);
  await sql.query("DELETE FROM session WHERE id = ANY($1)", [rivals.map(({ sessionId }) => sessionId)]);
}

/** A session that was begun before the person had a factor adds none beside the one there is now. */
async function tryToEnrol(app: App, sql: pg.Client, person: Person, findings: Findings): Promise<void> {
  const { client } = await addSession(sql, app, person, "enrol");
  const begun = await client.send("POST", "/api/v1/me/factors/app", { body: {} });
  findings.expect(begun.status === 401, `a stale enrolment was answered ${begun.status}`);
}

/** Asks every handler and page with the cookie of a sign-in that has come to a stage. */
async function tryEverything(app: App, sql: pg.Client, person: Person, stage: SessionStage, findings: Findings) {
  const { client } = await addSession(sql, app, person, stage);
  const closed = (await findHandlers()).filter((one) => !OF_THE_SIGN_IN.test(one) && !OPEN_TO_ALL.test(one));
  for (const handler of closed) {
    const [method = "", path = ""] = handler.split(" ");
    const reply = await client.send(method, path.replace(/\[[^\]]+\]/g, ANY_ID), {
      body: method === "GET" ? undefined : {},
    });
    const { code } = (reply.json ?? {}) as { code?: string };
    const refused = reply.status === 401 && code === "second_factor_required";
    findings.expect(refused, `${handler} at ${stage} answered ${reply.status} ${code ?? ""}`);
  }
  const pages = (await findPages()).filter((page) => !OPEN_PAGES.test(page));
  for (const page of pages) {
    const reply = await client.send("GET", page.replace(/\[[^\]]+\]/g, ANY_ID));
    const to = String(reply.headers.location ?? /NEXT_REDIRECT;replace;([^;]+)/.exec(reply.text)?.[1] ?? "");
    findings.expect(to.startsWith("/sign-in"), `${page} at ${stage} answered ${reply.status} and led to "${to}"`);
  }
  // The same session is let in once the code is there.
  const anonymous = await new Client(app).send("GET", "/api/v1/me");
  findings.expect(anonymous.status === 401, "nobody was somebody");
  return { handlers: closed.length, pages: pages.length };
}
