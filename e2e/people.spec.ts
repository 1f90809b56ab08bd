import { type Browser, expect, type Page } from "@playwright/test";
import { linkIn, MailPeer } from "@/test/mail-peer";
import { APP_TIME, type RunningApp, startApp } from "@/test/running-app";
import { ask } from "./support/api";
import { expectAccessible } from "./support/axe";
import { enterAs, PASSWORD, person } from "./support/people";
import { test } from "./support/test";

let app: RunningApp;
let mails: MailPeer;
/** What was started, also when not all of it could be. */
const started: { readonly stop: () => Promise<void> }[] = [];

// An app of their own: what happens to people here is nothing that other specs should meet.
test.beforeAll(async () => {
  test.setTimeout(APP_TIME);
  mails = await MailPeer.start();
  started.push(mails);
  const COUNTERVAIL_MAIL_FROM = "Countervail <countervail@service.example>";
  app = await startApp({ env: { COUNTERVAIL_SMTP_URL: mails.url, COUNTERVAIL_MAIL_FROM } });
  started.push(app);
});
test.afterAll(async () => {
  for (const one of started.reverse()) await one.stop();
});

/** A page of somebody of the demo, signed in; with the password entered again for whoever is to do weighty things. */
async function enter(browser: Browser, name: string, steppedUp = false): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  await enterAs(page, person(name).email, "full", app);
  await page.goto("/organisation");
  if (steppedUp) await ask(page, "POST", "/session/step-up", { password: PASSWORD });
  return page;
}

/** The row of somebody in the table of people. */
const rowOf = (page: Page, name: string) =>
  page
    .getByRole("table", { name: "People of the organisation" })
    .getByRole("row")
    .filter({ hasText: person(name).name });

/** Chooses something from the menu of somebody's account and confirms it. */
async function act(page: Page, name: string, entry: string, confirm: string): Promise<void> {
  await page.goto("/organisation");
  await page.getByRole("button", { name: `Account of ${person(name).name}` }).click();
  await page.getByRole("menuitem", { name: entry }).click();
  await page.getByRole("dialog").getByRole("button", { name: confirm, exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

const isSignedIn = async (page: Page) => (await page.request.get("/api/v1/me")).ok();

test("an account that is disabled is out with the next request, and comes in again when it is enabled", async ({
  browser,
}) => {
  const admin = await enter(browser, "priya", true);
  const ruth = await enter(browser, "ruth");
  expect(await isSignedIn(ruth)).toBe(true);
  await act(admin, "ruth", "Disable account…", "Disable");
  await expect(rowOf(admin, "ruth")).toContainText("Disabled");
  expect(await isSignedIn(ruth)).toBe(false);
  await ruth.goto("/engagements");
  await expect(ruth).toHaveURL(/\/sign-in/);
  await expectAccessible(admin, "the people with a disabled account");
  await act(admin, "ruth", "Enable account", "Enable");
  await expect(rowOf(admin, "ruth")).toContainText("Active");
});

test("a lock is seen and ended by an administrator", async ({ browser }) => {
  const admin = await enter(browser, "priya", true);
  const jonas = await enter(browser, "jonas");
  const headers = { Origin: app.url };
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    const wrong = await jonas.request.post("/api/v1/session/step-up", { headers, data: { password: "wrong" } });
    expect(wrong.status()).toBe(401);
  }
  await admin.goto("/organisation");
  await expect(rowOf(admin, "jonas")).toContainText("Locked");
  await act(admin, "jonas", "Unlock", "Unlock");
  await expect(rowOf(admin, "jonas")).toContainText("Active");
  await ask(jonas, "POST", "/session/step-up", { password: PASSWORD });
});

test("the security policy is made stricter, never looser, and holds at once", async ({ browser }) => {
  const admin = await enter(browser, "tomasz", true);
  await admin.goto("/organisation/policy");
  const idle = admin.getByRole("textbox", { name: /^Idle time/ });
  await expect(idle).toHaveValue("15");
  await idle.fill("16");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("A whole number from 2 to 15 minutes.")).toBeVisible();
  await expectAccessible(admin, "the policy with a complaint");
  await idle.fill("10");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("The policy is in force.")).toBeVisible();
  await admin.reload();
  await expect(idle).toHaveValue("10");
  await expect(admin.getByText(/Last changed by/)).toBeVisible();
  const { idleEndsAt, now } = await ask<{ idleEndsAt: string; now: string }>(admin, "GET", "/session");
  expect(Date.parse(idleEndsAt) - Date.parse(now)).toBeLessThanOrEqual(10 * 60_000);
});

test("second factors are removed by two administrators together", async ({ browser }) => {
  const admin = await enter(browser, "priya", true);
  await act(admin, "marta", "Make administrator", "Make administrator");
  await expect(rowOf(admin, "marta")).toContainText("Admin");
  const second = await enter(browser, "marta", true);
  const daniel = await enter(browser, "daniel");

  await admin.getByRole("button", { name: `Account of ${person("daniel").name}` }).click();
  await admin.getByRole("menuitem", { name: "Remove second factors…" }).click();
  await admin.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("The phone fell into the harbour.");
  await admin.getByRole("button", { name: "Ask for it" }).click();
  await expect(admin.getByText("Another administrator has to agree.")).toBeVisible();
  await expect(admin.getByRole("button", { name: "Agree" })).toHaveCount(0);
  expect((await mails.next()).to).toEqual([person("daniel").email]);
  expect(await isSignedIn(daniel)).toBe(true);

  await second.goto("/organisation");
  await expect(second.getByText("“The phone fell into the harbour.”")).toBeVisible();
  await expectAccessible(second, "a request that waits");
  await second.getByRole("button", { name: "Agree" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Remove them" }).click();
  await expect(rowOf(second, "daniel")).toContainText("Not yet");
  expect((await mails.next()).headers.get("subject")).toBe("Your second factors were removed (Countervail)");
  expect(await isSignedIn(daniel)).toBe(false);

  await second.goto("/organisation/sign-ins");
  await expect(second.getByRole("table", { name: "Sign-ins" })).toContainText(
    `agreed to remove the second factors of ${person("daniel").name}`,
  );
});

test("an invitation goes by mail, is sent again, and is withdrawn", async ({ browser }) => {
  const admin = await enter(browser, "priya", true);
  await admin.goto("/organisation/invitations");
  await admin.getByLabel("Name").fill("Nadia Okafor");
  await admin.getByLabel("E-mail address").fill("nadia@meridian.example");
  await admin.getByRole("button", { name: "Invite" }).click();
  await expect(admin.getByText("A mail with the link is on its way to nadia@meridian.example.")).toBeVisible();
  const first = linkIn(await mails.next());

  await admin.getByRole("button", { name: "Send again to nadia@meridian.example" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await expect(admin.getByText("Nadia Okafor is invited again")).toBeVisible();
  const second = linkIn(await mails.next());
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(first);
  await expect(guest.getByRole("heading", { name: "This invitation cannot be used" })).toBeVisible();
  await guest.goto(second);
  await expect(guest.getByRole("heading", { name: /^Join / })).toBeVisible();

  await admin.getByRole("button", { name: "Withdraw from nadia@meridian.example" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(admin.getByRole("heading", { name: "No invitation is open" })).toBeVisible();
  await guest.reload();
  await expect(guest.getByRole("heading", { name: "This invitation cannot be used" })).toBeVisible();
});

test("a forgotten password is replaced by a link that comes by mail, and nobody learns whether there is an account", async ({
  browser,
}) => {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  const answer = page.getByText(/^If there is an account with this address, a mail with a link is on its way to it\./);
  for (const email of ["nobody@meridian.example", person("ines").email]) {
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await expect(page.getByRole("heading", { name: "Forgotten password" })).toBeVisible();
    await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
    await page.getByRole("button", { name: "Ask for a link" }).click();
    await expect(answer).toBeVisible();
  }
  const mail = await mails.next();
  expect(mail.to).toEqual([person("ines").email]);
  await page.goto(linkIn(mail));
  await expectAccessible(page, "a link for a new password");
  const field = page.getByRole("textbox", { name: "New password" });
  await field.fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("Choose a password that is none of your last ones.").first()).toBeVisible();
  await field.fill("four quite unrelated words");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("The new password is set, and all sessions have ended.")).toBeVisible();
  expect((await mails.next()).headers.get("subject")).toBe("Your password for Countervail was changed");

  const signIn = async (password: string) => {
    await page.goto("/sign-in");
    await page.getByRole("textbox", { name: "E-mail address" }).fill(person("ines").email);
    await page.getByRole("textbox", { name: "Password", exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  await signIn(PASSWORD);
  await expect(page.getByRole("alert")).toBeVisible();
  await signIn("four quite unrelated words");
  // The link was no way around the second factor.
  await expect(page.getByRole("textbox", { name: /code/i })).toBeVisible();
  expect(await isSignedIn(page)).toBe(false);
  await page.goto(linkIn(mail));
  await expect(page.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
});
