import type pg from "pg";
import type { App } from "./support/app";
import { sharedApp } from "./support/app";
import { addOrganisation, addPerson, addSession, PASSWORD, type Person } from "./support/cast";
import type { Reply } from "./support/client";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { enrolApp, sendCode, sendPassword } from "./support/second-factor";
import { asSuperuser } from "./support/sql";

/** Failures that lock an account. */
const MOST_FAILURES = 6;

/**
 * Storms of wrong passwords, app codes and recovery codes on one account at once: no more than six are compared, also
 * when each comes with another forged X-Forwarded-For. Many right sign-ins at once all work.
 */
export const prove: Proof = async ({ short, seed }) => {
  const runs = short ? 1 : 10;
  const guesses = short ? 60 : 200;
  const honest = short ? 8 : 20;
  const random = new Random(seed);
  const findings = new Findings();
  const app = await sharedApp();
  let most = 0;
  await asSuperuser(app, async (sql) => {
    const organisationId = await addOrganisation(sql, "entity", "Lockout Payments");
    for (let run = 0; run < runs; run += 1) {
      const person = await addPerson(sql, organisationId, "member", `Lockout ${run}`);
      await enrolApp(app, sql, person);
      const compared = await storm(app, sql, person, guesses, random, findings);
      most = Math.max(most, compared);
      findings.expect(compared <= MOST_FAILURES, `run ${run}: ${compared} guesses were compared`);
      const right = await sendPassword(app, person.email, PASSWORD);
      findings.expect(right.reply.status === 401, `run ${run}: a locked account let the right password in`);
    }
    const person = await addPerson(sql, organisationId, "member", "Lockout honest");
    await enrolApp(app, sql, person);
    const all = await Promise.all(Array.from({ length: honest }, () => sendPassword(app, person.email, PASSWORD)));
    const worked = all.filter(({ reply }) => reply.status === 200).length;
    findings.expect(worked === honest, `${worked} of ${honest} right sign-ins at once worked`);
  });
  return findings.result(
    `${runs} storms of ${guesses} wrong guesses at once, at most ${most} compared; ${honest} right sign-ins at once all worked`,
  );
};

/** Sends guesses of all three kinds at once. @returns how many were compared, by the trail */
async function storm(
  app: App,
  sql: pg.Client,
  person: Person,
  guesses: number,
  random: Random,
  findings: Findings,
): Promise<number> {
  const { client } = await addSession(sql, app, person, "factor");
  const from = () => ({ "x-forwarded-for": `198.51.100.${random.int(250)}` });
  const kinds: readonly ((n: number) => Promise<Reply>)[] = [
    async (n) => (await sendPassword(app, person.email, `wrong ${n} altogether`, from())).reply,
    (n) => sendCode(client, "totp", String(n).padStart(6, "0")),
    (n) => sendCode(client, "recovery_code", `0000-0000-0000-${String(n).padStart(4, "0")}`),
  ];
  const sent = Array.from({ length: guesses }, (_, n) => random.pick(kinds)(n));
  for (const reply of await Promise.all(sent)) {
    findings.expect(reply.status === 401, `a guess was answered with ${reply.status}: ${reply.text.slice(0, 200)}`);
  }
  const { rows } = await sql.query<{ compared: string }>(
    `SELECT count(*) AS compared FROM audit_event
     WHERE (action = 'session.failed' AND payload::jsonb->'detail'->>'userId' = $1 AND payload::jsonb->'detail'->>'reason' = 'wrong_password')
        OR (action = 'session.factor_failed' AND actor_id = $1::uuid AND payload::jsonb->'detail'->>'reason' = 'wrong')`,
    [person.userId],
  );
  return Number(rows[0]?.compared);
}
