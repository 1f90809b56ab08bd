import { type Browser, expect, type Page } from "@playwright/test";
import { onDatabaseOf } from "@/test/app-database";
import { OidcPeer } from "@/test/oidc-peer";
import { expectFineState } from "./support/axe";
import { stepUp } from "./support/engagement";
import { invite, NEW_PASSWORD, newcomer } from "./support/newcomer";
import { pageOf, sharedApp } from "./support/people";
import { test } from "./support/test";

const DOMAIN = "harbourlane-sso.example";
const EMAIL = `sol.berg@${DOMAIN}`;

test.use({ actionTimeout: 60_000 });

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const tags = (page: Page, name: string) => page.getByRole("combobox", { name });
const lock = (page: Page) => page.getByRole("dialog", { name: "Locked" });

/** Signs in at the provider's own page, as somebody whom it knows. */
async function enterAtProvider(page: Page, account: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "Harbour Identity" })).toBeVisible();
  await page.getByLabel("Account").fill(account);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Does something that opens a window of its own, signs in there, and waits until it has closed itself. */
async function inWindow(page: Page, act: () => Promise<void>): Promise<void> {
  const opening = page.waitForEvent("popup");
  await act();
  const popup = await opening;
  const closed = popup.waitForEvent("close");
  await enterAtProvider(popup, "sol");
  await closed;
}

async function beginAtDoor(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto("/sign-in?next=/account");
  await page.waitForLoadState("networkidle");
  await page.getByLabel("E-mail address").fill(EMAIL);
  return page;
}

async function save(admin: Page): Promise<void> {
  await stepUp(admin);
  await button(admin, "Save").click();
  await expect(button(admin, "Save")).toBeDisabled();
}

test("an administrator sets single sign-on up; people come in by it, show there again who they are, and unlock the page there", async ({
  browser,
}) => {
  const admin = await pageOf(browser, "priya");
  const { code } = await newcomer(browser, admin, "Sol Berg", EMAIL);
  await admin.goto("/organisation/sso");
  await admin.waitForLoadState("networkidle");
  const peer = await OidcPeer.start([await admin.getByLabel("Redirect URI").inputValue()]);
  peer.people.set("stranger", { email: `stranger@${DOMAIN}`, email_verified: true });
  peer.people.set("ines", { email: `ines.roth@${DOMAIN}`, email_verified: true });
  peer.people.set("sol", { email: EMAIL, email_verified: true, name: "Sol Berg" });
  try {
    await stepUp(admin);
    await admin.getByLabel("Issuer", { exact: true }).fill(`${peer.issuer}/`);
    await button(admin, "Check the issuer").click();
    await expect(admin.getByRole("status").filter({ hasText: "Write the issuer exactly so" })).toBeVisible();
    await admin.getByLabel("Issuer", { exact: true }).fill(peer.issuer);
    await admin.getByLabel("Client ID").fill(peer.clientId);
    await admin.getByRole("textbox", { name: "Client secret" }).fill(peer.clientSecret);
    await tags(admin, "Domains").fill("nobody-of-ours.example");
    await admin.getByLabel("Switched on").check();
    await button(admin, "Save").click();
    await expect(admin.getByText("Nobody of your organisation has an address of nobody-of-ours.example")).toBeVisible();
    await expect(admin.getByText("Choose an administrator who has a password")).toBeVisible();
    await expectFineState(admin, "single sign-on with complaints");
    await tags(admin, "Domains").press("Backspace");
    await tags(admin, "Domains").fill(DOMAIN);
    await admin.getByRole("combobox", { name: "Break-glass administrator" }).click();
    await admin.getByRole("option", { name: /^Priya/ }).click();
    await save(admin);
    await expect(admin.getByLabel("Switched on")).toBeChecked();

    // The password, which was right, lets nobody in any more; the provider and our own second factor do.
    const page = await beginAtDoor(browser);
    await page.getByLabel("Password", { exact: true }).fill(NEW_PASSWORD);
    await button(page, "Sign in").first().click();
    await expect(page.getByRole("alert").filter({ hasText: "Sign-in failed" })).toBeVisible();
    await button(page, "Use single sign-on").click();
    await enterAtProvider(page, "stranger");
    await expect(page.getByRole("alert").filter({ hasText: "Not signed in" })).toBeVisible();
    await expectFineState(page, "the door after a refusal");
    await page.getByLabel("E-mail address").fill(EMAIL);
    await button(page, "Use single sign-on").click();
    await enterAtProvider(page, "sol");
    await page.getByLabel("Code of your authenticator app").fill(await code(1));
    await button(page, "Continue").click();
    await expect(page.getByRole("heading", { level: 1, name: "Sol Berg" })).toBeVisible();

    // The provider's second factor is honoured once it is accepted.
    peer.amr = ["pwd", "mfa"];
    await tags(admin, "Accepted amr").fill("mfa");
    await tags(admin, "Accepted amr").press("Enter");
    await save(admin);
    const again = await beginAtDoor(browser);
    await button(again, "Use single sign-on").click();
    await enterAtProvider(again, "sol");
    await expect(again.getByRole("heading", { level: 1, name: "Sol Berg" })).toBeVisible();
    await expect(again.getByText("no password serves here")).toBeVisible();
    await again.waitForLoadState("networkidle");

    // Whoever is invited now chooses no password: the provider's page is the next one.
    const joining = await (await browser.newContext()).newPage();
    await joining.goto(await invite(admin, "Ines Roth", `ines.roth@${DOMAIN}`));
    await expect(joining.getByLabel("Your name")).toHaveValue("Ines Roth");
    await expect(joining.getByLabel("Choose a password")).toHaveCount(0);
    await expectFineState(joining, "joining an organisation with single sign-on");
    await button(joining, "Join, and go to single sign-on").click();
    await enterAtProvider(joining, "ines");
    await expect(joining.getByRole("button", { name: /Ines Roth/ })).toBeVisible();

    await button(again, "Make new codes").click();
    const dialog = again.getByRole("dialog", { name: "Show again that it is you" });
    await expect(dialog.getByRole("radio", { name: "Single sign-on" })).toBeChecked();
    await expectFineState(again, "showing again who one is at the provider");
    await inWindow(again, () => dialog.getByRole("button", { name: "Go to your identity provider" }).click());
    const codes = again.getByRole("dialog", { name: "Your new recovery codes" });
    await codes.getByLabel("I have kept them").check();
    await codes.getByRole("button", { name: "Continue" }).click();

    await onDatabaseOf(sharedApp().dataFolder, (sql) =>
      sql.query("UPDATE session SET ended_at = now() WHERE user_id = (SELECT id FROM app_user WHERE email = $1)", [
        EMAIL,
      ]),
    );
    await button(again, "Make new codes").click();
    await expect(lock(again)).toBeVisible();
    await expectFineState(again, "the lock of somebody with single sign-on");
    await inWindow(again, () => lock(again).getByRole("button", { name: "Use single sign-on" }).click());
    await expect(lock(again)).toBeHidden();
    await admin.getByLabel("Switched on").uncheck();
    await save(admin);
  } finally {
    await peer.stop();
  }
});
