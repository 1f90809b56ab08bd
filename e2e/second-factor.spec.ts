import { type Browser, expect, type Page } from "@playwright/test";
import { expectFineState } from "./support/axe";
import { codeOf, invite, NEW_PASSWORD } from "./support/newcomer";
import { addDevice } from "./support/passkeys";
import { pageOf, person } from "./support/people";
import { test } from "./support/test";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** Somebody with an invitation, who has just chosen a password; a second factor is asked for at once. */
async function firstSignIn(browser: Browser, name: string, email: string): Promise<Page> {
  const link = await invite(await pageOf(browser, "priya"), name, email);
  const page = await (await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] })).newPage();
  await page.goto(link);
  await page.waitForLoadState("networkidle");
  await page.getByRole("textbox", { name: "Choose a password" }).fill(NEW_PASSWORD);
  await button(page, "Join").click();
  await expect(heading(page, "Add a second factor")).toBeVisible();
  await page.waitForLoadState("networkidle");
  return page;
}

/** Reads the recovery codes, keeps them as a person would, and goes on. */
async function keepCodes(page: Page): Promise<string[]> {
  await expect(heading(page, "Keep your recovery codes")).toBeVisible();
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
  expect(new Set(codes).size).toBe(10);
  await button(page, "Copy").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const code of codes) expect(copied).toContain(code);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("countervail-recovery-codes.txt");
  await expect(button(page, "Continue")).toBeDisabled();
  await page.getByLabel("I have kept them").check();
  await button(page, "Continue").click();
  await expect(page).toHaveURL(/\/engagements$/);
  return codes;
}

async function signOut(page: Page): Promise<void> {
  await button(page, /account and sign-out$/).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
  await page.waitForLoadState("networkidle");
}

async function enterPassword(page: Page, email: string, password = NEW_PASSWORD): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Sign in").first().click();
}

test("a passkey is made at the first sign-in, signs in alone, follows the password, and confirms what carries weight", async ({
  browser,
}) => {
  const email = "noor.haddad@harbourlane.example";
  const page = await firstSignIn(browser, "Noor Haddad", email);
  const device = await addDevice(page);
  await button(page, /^Passkey/).click();
  await expectFineState(page, "making a passkey");
  await page.getByLabel("Name of the passkey").fill("Noor’s laptop");

  // Who is not recognised makes none, and may try again.
  await device.recognises(false);
  await button(page, "Make the passkey").click();
  await expect(page.getByRole("alert").filter({ hasText: "passkey" })).toBeVisible();
  await device.recognises(true);
  await button(page, "Make the passkey").click();
  await expect(heading(page, "Keep your recovery codes")).toBeVisible();
  await expectFineState(page, "recovery codes");
  await keepCodes(page);

  await signOut(page);
  await button(page, "Sign in with a passkey").click();
  await expect(page).toHaveURL(/\/engagements$/);

  await signOut(page);
  await enterPassword(page, email);
  await expect(heading(page, "Second factor")).toBeVisible();
  await expect(page.getByLabel("Code of your authenticator app")).toHaveCount(0);
  await button(page, "Use your passkey").click();
  await expect(page).toHaveURL(/\/engagements$/);

  await page.goto("/account");
  await expect(page.getByRole("list", { name: "Passkeys" })).toContainText("Noor’s laptop");
  await page.waitForLoadState("networkidle");
  await button(page, "Make new codes").click();
  const again = page.getByRole("dialog", { name: "Show again that it is you" });
  await again.getByRole("button", { name: "Use your passkey" }).click();
  const codes = page.getByRole("dialog", { name: "Your new recovery codes" });
  await codes.getByLabel("I have kept them").check();
  await codes.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("10 of ten are left.")).toBeVisible();

  // The last factor stays; with another one beside it, it may go.
  await button(page, "Remove Noor’s laptop").click();
  const removal = page.getByRole("dialog", { name: /^Remove/ });
  await removal.getByRole("button", { name: "Remove the passkey" }).click();
  await expect(removal.getByRole("alert")).toContainText("A second factor is needed");
});

test("an app is set up at the first sign-in; each of its codes works once, and recovery codes stand in for it", async ({
  browser,
}) => {
  const email = "theo.brandt@harbourlane.example";
  const page = await firstSignIn(browser, "Theo Brandt", email);
  await button(page, /^Authenticator app/).click();
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  await expectFineState(page, "setting an app up");
  const secret = (await page.locator("[data-secret]").textContent()) ?? "";
  await page.getByLabel("Code of the app").fill("12");
  await button(page, "Confirm the app").click();
  await expect(page.getByText("The code has six digits.")).toBeVisible();
  const first = await codeOf(secret, 0);
  await page.getByLabel("Code of the app").fill(first);
  await button(page, "Confirm the app").click();
  const [recovery = ""] = await keepCodes(page);

  await signOut(page);
  await enterPassword(page, email);
  const field = page.getByLabel("Code of your authenticator app");
  await expect(field).toBeFocused();
  await field.fill(first);
  await field.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "used already" })).toBeVisible();

  // Whoever loads the page again goes on where the sign-in stands.
  await page.reload();
  await expect(heading(page, "Second factor")).toBeVisible();
  await page.waitForLoadState("networkidle");
  await field.fill(await codeOf(secret, 1));
  await field.press("Enter");
  await expect(page).toHaveURL(/\/engagements$/);

  await signOut(page);
  await enterPassword(page, email);
  await button(page, "Use a recovery code instead").click();
  await page.getByLabel("Recovery code").fill("7Q2M");
  await button(page, "Continue").click();
  await expect(page.getByText("A recovery code has four groups of four letters and digits.")).toBeVisible();
  await page.getByLabel("Recovery code").fill(recovery.toLowerCase().replaceAll("-", " "));
  await button(page, "Continue").click();
  await expect(page).toHaveURL(/\/engagements$/);
  await page.goto("/account");
  await expect(page.getByText("9 of ten are left.")).toBeVisible();
});

test("half-way in is not in, and one may start over", async ({ page }) => {
  const { email, password } = person("ruth");
  await page.goto("/sign-in?next=/account");
  await page.waitForLoadState("networkidle");
  await enterPassword(page, email, password);
  await expect(heading(page, "Second factor")).toBeVisible();
  await page.goto("/engagements");
  await expect(heading(page, "Second factor")).toBeVisible();
  await page.waitForLoadState("networkidle");
  await button(page, "Start over as somebody else").click();
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await expect(page.getByLabel("E-mail address")).toHaveValue("");
});

test("in the demo two clicks let anybody in", async ({ page }) => {
  await page.goto("/sign-in?next=/account");
  await page.waitForLoadState("networkidle");
  await button(page, /^Daniel Okoye/).click();
  await expect(page.getByLabel("Code of your authenticator app")).toHaveValue(/^\d{6}$/);
  await button(page, "Continue").click();
  await expect(heading(page, "Daniel Okoye")).toBeVisible();

  // The menu comes with its first press, and leaves the focus where it was found.
  const face = button(page, /account and sign-out$/);
  await face.focus();
  for (const _time of ["first", "again"]) {
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Account" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(face).toBeFocused();
  }
});

test("a browser without passkeys says so and offers the app", async ({ browser }) => {
  const email = "mina.sato@harbourlane.example";
  const page = await firstSignIn(browser, "Mina Sato", email);
  await page.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential"));
  await page.reload();
  await expect(page.getByText("This browser cannot work with passkeys.")).toBeVisible();
  await expect(button(page, /^Passkey/)).toBeDisabled();
  await expect(button(page, /^Authenticator app/)).toBeEnabled();
});
