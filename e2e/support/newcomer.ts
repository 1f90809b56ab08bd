import { type Browser, expect, type Page } from "@playwright/test";
import { generate } from "otplib";
import type { FactorAddedDto, TotpStartDto } from "@/lib/contracts/factors";
import { ask } from "./api";
import { stepUp } from "./engagement";
import { enterAs } from "./people";

/** Everybody whom a spec invites chooses this one. */
export const NEW_PASSWORD = "nine unrelated otters";

/** Invites somebody into the organisation of the page's administrator. @returns the invitation's link */
export async function invite(admin: Page, name: string, email: string): Promise<string> {
  await stepUp(admin);
  const { link } = await ask<{ link: string }>(admin, "POST", "/organisation/invitations", {
    name,
    email,
    role: "member",
  });
  return link;
}

/** Somebody whom a spec has made for itself, with an authenticator app. */
export interface Newcomer {
  readonly email: string;
  readonly page: Page;
  /** The app's code, some steps of 30 seconds from now. Each step is taken once, and one step early at most. */
  readonly code: (steps: number) => Promise<string>;
}

/**
 * Makes a new person of the administrator's organisation, with password and app, signed in. Signing in by the page ends
 * sessions of the same person beyond the third, so specs that do it have people of their own.
 */
export async function newcomer(browser: Browser, admin: Page, name: string, email: string): Promise<Newcomer> {
  const token = (await invite(admin, name, email)).split("/").at(-1);
  const page = await (await browser.newContext()).newPage();
  await page.goto("/sign-in");
  await ask(page, "POST", "/invitations/accept", { token, name, password: NEW_PASSWORD });
  await enterAs(page, email, "enrol");
  const { secret } = await ask<TotpStartDto>(page, "POST", "/me/factors/app", {});
  const code = (steps: number) => codeOf(secret, steps);
  const added = await ask<FactorAddedDto>(page, "POST", "/me/factors/app/confirm", { code: await code(0) });
  expect(added.stage).toBe("full");
  await enterAs(page, email);
  return { email, page, code };
}

/** The code of an app by the secret that its page shows, some steps of 30 seconds from now. */
export function codeOf(secret: string, steps: number): Promise<string> {
  return generate({ secret: secret.replaceAll(" ", ""), epoch: Math.floor(Date.now() / 1000) + steps * 30 });
}

/** Sets an authenticator app up on the page of a first sign-in, and keeps the recovery codes. */
export async function setUpApp(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "Add a second factor" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: /^Authenticator app/ }).click();
  const secret = await page.locator("[data-secret]").textContent();
  await page.getByLabel("Code of the app").fill(await codeOf(secret ?? "", 0));
  await page.getByRole("button", { name: "Confirm the app" }).click();
  await page.getByLabel("I have kept them").check();
  await page.getByRole("button", { name: "Continue" }).click();
}
