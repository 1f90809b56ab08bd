import type { Browser, Page } from "@playwright/test";
import type { SessionStage } from "@/lib/domain/security/session-life";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "@/prisma/seed/demo-people";
import { onDatabaseOf, type PutSession, putSession } from "@/test/app-database";
import type { RunningApp } from "@/test/running-app";

/** A demo account by the beginning of its e-mail address. */
export function person(name: string) {
  const found = DEMO_PEOPLE.find(({ email }) => email.startsWith(`${name}.`));
  if (!found) throw new Error(`The demo has nobody called ${name}.`);
  return found;
}

/** The app that the specs share, as the global set-up started it. */
export function sharedApp(): Pick<RunningApp, "url" | "dataFolder"> {
  const { E2E_URL: url, E2E_DATA: dataFolder } = process.env;
  if (!url || !dataFolder) throw new Error("Set E2E_DATA beside E2E_URL: the folder of the app's data.");
  return { url, dataFolder };
}

/**
 * Puts a session of somebody into the browser, as after a whole sign-in. People of the demo have one authenticator app,
 * whose codes are taken once, so that most specs come in this way; second-factor.spec.ts comes in by the page.
 * @param email of somebody in the app
 * @param stage how far the sign-in has come; to its end unless said otherwise
 * @param app the one that the specs share unless said otherwise
 */
export async function enterAs(
  page: Page,
  email: string,
  stage: SessionStage = "full",
  { url, dataFolder }: Pick<RunningApp, "url" | "dataFolder"> = sharedApp(),
): Promise<PutSession> {
  const session = await onDatabaseOf(dataFolder, async (sql) => {
    const { rows } = await sql.query<{ id: string }>("SELECT id FROM app_user WHERE email = $1", [email]);
    if (!rows[0]) throw new Error(`${email} has no account.`);
    return putSession(sql, url, rows[0].id, stage);
  });
  await page.context().addCookies([{ ...session.cookie, url, httpOnly: true, sameSite: "Strict" }]);
  return session;
}

/** Signs somebody of the demo in, at no page yet: whoever asks the API alone needs none drawn. */
export async function signIn(page: Page, name: string): Promise<PutSession> {
  return enterAs(page, person(name).email);
}

/** A browser of somebody's own, signed in, at no page of the app yet. */
export async function pageOf(browser: Browser, name: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

/** The password that every demo account has. */
export const PASSWORD = DEMO_PASSWORD;
