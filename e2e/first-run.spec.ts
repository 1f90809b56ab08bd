import { expect } from "@playwright/test";
import { APP_TIME, type RunningApp, startApp } from "@/test/running-app";
import { expectFineLooks } from "./support/axe";
import { setUpApp } from "./support/newcomer";
import { test } from "./support/test";

const ADMIN = { name: "Zoë Ruzicka", email: "zoe@ostrava.example", password: "a few unrelated words" };
let app: RunningApp | undefined;

test.beforeAll(async () => {
  test.setTimeout(APP_TIME);
  app = await startApp({ demo: false });
});
test.afterAll(() => app?.stop());

test("a first run: set up once, invite somebody, and join", async ({ browser }) => {
  const admin = await (await browser.newContext({ baseURL: app?.url })).newPage();
  await admin.goto("/");
  await expect(admin).toHaveURL(/\/setup$/);
  await expect(admin).toHaveTitle(/Set up/);

  await expectFineLooks(admin, "the set-up page");

  // Every complaint stands beside its field, at once.
  await admin.getByRole("button", { name: "Set up" }).click();
  for (const label of ["Set-up code", "Name of your organisation", "Your name", "Your e-mail address", "Password"]) {
    await expect(admin.getByRole("textbox", { name: label })).toHaveAttribute("aria-invalid", "true");
  }
  await admin.getByLabel("Name of your organisation").fill("Ostrava Payments");
  await admin.getByLabel("Your name").fill(ADMIN.name);
  await admin.getByLabel("Your e-mail address").fill(ADMIN.email);
  await admin.getByRole("textbox", { name: "Password" }).fill(ADMIN.password);
  await admin.getByLabel("Set-up code").fill("not-the-code");
  await admin.getByRole("button", { name: "Set up" }).click();
  await expect(admin.getByText("Not the code that was printed at the start of the service.")).toBeVisible();
  const code = /set-up code is (\S+)/.exec(app?.output() ?? "")?.[1] ?? "";
  await admin.getByLabel("Set-up code").fill(code);
  await admin.getByRole("button", { name: "Set up" }).click();
  await setUpApp(admin);
  await expect(admin.getByRole("heading", { name: "No engagement yet" })).toBeVisible();

  // The page works once.
  await admin.goto("/setup");
  await expect(admin).toHaveURL(/\/engagements$/);

  await admin.goto("/organisation/invitations");
  await admin.getByLabel("Name").fill("Jan Novák");
  await admin.getByLabel("E-mail address").fill("jan@ostrava.example");
  await admin.getByRole("button", { name: "Invite" }).click();
  await admin.getByRole("dialog").getByRole("textbox", { name: "Password" }).fill(ADMIN.password);
  await admin.getByRole("button", { name: "Confirm" }).click();
  await expect(admin.getByText("Jan Novák is invited")).toBeVisible();
  const link = await admin.locator("input[value*='/join/']").inputValue();

  const guest = await (await browser.newContext()).newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "Join Ostrava Payments" })).toBeVisible();
  await expectFineLooks(guest, "a live invitation");
  await guest.getByRole("textbox", { name: "Choose a password" }).fill("short");
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest.getByText("Use at least 12 characters.", { exact: true })).toBeVisible();
  await guest.getByRole("textbox", { name: "Choose a password" }).fill("correct horse staple");
  await guest.getByRole("button", { name: "Join" }).click();
  await setUpApp(guest);
  await expect(guest).toHaveURL(/\/engagements$/);
  await expect(guest.getByRole("button", { name: /Jan Novák/ })).toBeVisible();

  // A link works once.
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "This invitation cannot be used" })).toBeVisible();
  await admin.goto("/organisation");
  await expect(admin.getByRole("table", { name: "People of the organisation" })).toContainText("jan@ostrava.example");
});
