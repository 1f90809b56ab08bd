import { generate } from "otplib";
import type pg from "pg";
import { sessionCookieName } from "@/lib/auth/session-token";
import type { FactorAddedDto, TotpStartDto } from "@/lib/contracts/factors";
import type { App } from "./app";
import { addSession, type Person } from "./cast";
import { Client, cookiesOf, type Reply, signInForm } from "./client";
import { must } from "./workbook";

/** An authenticator app of a person, and the recovery codes that came with it. */
export interface Enrolled {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Has a person who shows the password for the first time set up an authenticator app, over the API. */
export async function enrolApp(app: App, sql: pg.Client, person: Person): Promise<Enrolled> {
  const { client } = await addSession(sql, app, person, "enrol");
  const begun = must<TotpStartDto>(await client.send("POST", "/api/v1/me/factors/app", { body: {} }));
  const secret = begun.secret.replaceAll(" ", "");
  const code = await codeAt(secret);
  const added = must<FactorAddedDto>(await client.send("POST", "/api/v1/me/factors/app/confirm", { body: { code } }));
  return { secret, recoveryCodes: added.recoveryCodes };
}

/** The code of an app, some steps of 30 seconds from now. */
export function codeAt(secret: string, steps = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
}

/** Lets codes be taken again that were taken before: for trying one thing often in a short time. */
export async function forgetSteps(sql: pg.Client, userIds: readonly string[]): Promise<void> {
  await sql.query("BEGIN");
  await sql.query("SET LOCAL session_replication_role = replica");
  await sql.query("UPDATE totp_factor SET last_step = 0 WHERE user_id = ANY($1)", [userIds]);
  await sql.query("COMMIT");
}

/** Sends the sign-in page's form. @returns the reply, and the browser that goes on with it */
export async function sendPassword(
  app: App,
  email: string,
  password: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly reply: Reply; readonly client: Client }> {
  const form = await signInForm(app, email, password);
  const reply = await new Client(app).send("POST", "/api/auth/callback/credentials", {
    ...form,
    headers: { ...form.headers, ...headers },
  });
  const cookie = cookiesOf(reply)
    .split("; ")
    .find((one) => one.startsWith(`${sessionCookieName(app.url)}=`));
  return { reply, client: new Client(app, cookie ?? "") };
}

/** Sends a code for a sign-in that has come to the second factor. */
export function sendCode(client: Client, kind: "totp" | "recovery_code", code: string): Promise<Reply> {
  return client.send("POST", "/api/v1/session/factor/code", { body: { kind, code } });
}
