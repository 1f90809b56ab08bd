import { type Browser, expect, type Page } from "@playwright/test";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "@/prisma/seed/demo-people";

/** A demo account by the beginning of its e-mail address. */
export function person(name: string) {
  const found = DEMO_PEOPLE.find(({ email }) => email.startsWith(`${name}.`));
  if (!found) throw new Error(`The demo has nobody called ${name}.`);
  return found;
}

/** Signs in on the page that is open or was asked for, as people do. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(person(name).email);
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/engagements/);
}

/** A browser of somebody's own, signed in. */
export async function pageOf(browser: Browser, name: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

/** The password that every demo account has. */
export const PASSWORD = DEMO_PASSWORD;
