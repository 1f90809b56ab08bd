import { type Browser, expect, type Page } from "@playwright/test";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { onDatabaseOf } from "@/test/app-database";
import { ask } from "./support/api";
import { expectFineState } from "./support/axe";
import { makeEngagement, writeWorksheet } from "./support/engagement";
import { NEW_PASSWORD, type Newcomer, newcomer } from "./support/newcomer";
import { enterAs, pageOf, person, sharedApp } from "./support/people";
import { test } from "./support/test";

const objective = (page: Page) => page.getByRole("textbox", { name: "Objective", exact: true });
const lock = (page: Page) => page.getByRole("dialog", { name: "Locked" });
const saved = (page: Page) => page.locator("[data-save-status=saved]").first();

/** A lead of their own with an open worksheet. */
async function writing(browser: Browser, name: string): Promise<Newcomer & { readonly worksheet: string }> {
  const admin = await pageOf(browser, "priya");
  const email = `${name.toLowerCase()}.idle@harbourlane.example`;
  const someone = await newcomer(browser, admin, name, email);
  const engagement = await makeEngagement(admin, `Left alone by ${name}`, { entity: [[name.toLowerCase(), "lead"]] });
  const worksheet = await writeWorksheet(admin, engagement, "8.3.4");
  await someone.page.goto(`/worksheets/${worksheet}`);
  await expect(objective(someone.page)).toBeVisible();
  return { ...someone, worksheet };
}

async function type(page: Page, text: string): Promise<void> {
  await objective(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(text);
}

/** Lets all sessions of a person have been used last so many seconds ago, or end at once. */
async function lastUsed(email: string, seconds: number | "ended"): Promise<void> {
  const change = seconds === "ended" ? "ended_at = now()" : `last_seen_at = now() - make_interval(secs => ${seconds})`;
  await onDatabaseOf(sharedApp().dataFolder, (sql) =>
    sql.query(`UPDATE session SET ${change} WHERE user_id = (SELECT id FROM app_user WHERE email = $1)`, [email]),
  );
}

async function enterPassword(page: Page, email: string, password: string): Promise<void> {
  await lock(page).getByLabel("E-mail address").fill(email);
  await lock(page).getByLabel("Password", { exact: true }).fill(password);
  await lock(page).getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a session that ends while somebody writes covers the page, keeps the text, and goes on after signing in", async ({
  browser,
}) => {
  const { page, email, code, worksheet } = await writing(browser, "Ida");
  await type(page, " Kept before.");
  await page.keyboard.press("Control+s");
  await expect(saved(page)).toBeVisible();

  // Something is begun in a dialog as well, which is never saved by itself.
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Withdraw" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("A reason half written");
  await lastUsed(email, "ended");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(lock(page)).toBeVisible();
  await expect(objective(page)).toBeHidden();
  await expect(page.getByText("Kept before")).toBeHidden();
  await expect(page.getByRole("textbox", { name: "Reason" })).toBeHidden();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(lock(page)).toBeVisible();
  await expectFineState(page, "the lock");

  await expect(lock(page).getByLabel("E-mail address")).toHaveValue(email);
  await enterPassword(page, email, "not the password");
  await expect(lock(page).getByRole("alert")).toContainText("Sign-in failed");
  await enterPassword(page, email, NEW_PASSWORD);
  await lock(page)
    .getByLabel("Code of your authenticator app")
    .fill(await code(1));
  await lock(page).getByRole("button", { name: "Continue" }).click();
  await expect(lock(page)).toBeHidden();
  // What was asked for when the session was found to be over is done now.
  await expect
    .poll(async () => (await ask<WorksheetDto>(page, "GET", `/worksheets/${worksheet}`)).state)
    .toBe("withdrawn");
});

test("text typed after the end is saved once its writer is back, without having been typed again", async ({
  browser,
}) => {
  const { page, email, code, worksheet } = await writing(browser, "Ove");
  await lastUsed(email, "ended");
  await type(page, " Written without a session.");
  await expect(lock(page)).toBeVisible();
  await enterPassword(page, email, NEW_PASSWORD);
  await lock(page)
    .getByLabel("Code of your authenticator app")
    .fill(await code(1));
  await lock(page).getByRole("button", { name: "Continue" }).click();
  await expect(lock(page)).toBeHidden();
  await expect(saved(page)).toBeVisible();
  await expect(objective(page)).toContainText("Written without a session.");
  const { sections } = await ask<WorksheetDto>(page, "GET", `/worksheets/${worksheet}`);
  expect(JSON.stringify(sections?.objective?.content)).toContain("Written without a session.");
});

test("two minutes before the end all tabs ask whether anybody is there, and lock together", async ({ browser }) => {
  const admin = await pageOf(browser, "priya");
  const { page: first, email, code } = await newcomer(browser, admin, "Una", "una.idle@harbourlane.example");
  const second = await first.context().newPage();
  for (const page of [first, second]) {
    await page.clock.install();
    await page.goto("/engagements");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
  }
  const question = (page: Page) => page.getByRole("dialog", { name: "Are you still there?" });
  await lastUsed(email, 13 * 60 + 30);
  for (const page of [first, second]) {
    await page.clock.fastForward("13:00");
    await expect(question(page)).toBeVisible();
  }
  await expectFineState(first, "the question before the lock");
  await question(first).getByRole("button", { name: "Stay signed in" }).click();
  for (const page of [first, second]) await expect(question(page)).toBeHidden();

  await lastUsed(email, 15 * 60);
  await first.clock.fastForward("13:00");
  for (const page of [first, second]) await expect(lock(page)).toBeVisible();
  await enterPassword(second, email, NEW_PASSWORD);
  await lock(second)
    .getByLabel("Code of your authenticator app")
    .fill(await code(1));
  await lock(second).getByRole("button", { name: "Continue" }).click();
  for (const page of [first, second]) await expect(lock(page)).toBeHidden();
});

test("somebody else who signs in at the lock starts afresh, and sends nothing of what the first one typed", async ({
  browser,
}) => {
  const { page, email, worksheet } = await writing(browser, "Eva");
  await lastUsed(email, "ended");
  await type(page, " Eva wrote this.");
  await expect(lock(page)).toBeVisible();
  const { email: other, password } = person("jonas");
  await enterPassword(page, other, password);
  await expect(lock(page).getByLabel("Code of your authenticator app")).toHaveValue(/^\d{6}$/);
  await lock(page).getByRole("button", { name: "Continue" }).click();
  await expect(lock(page).getByRole("heading", { name: "Jonas Lindqvist is signed in" })).toBeVisible();
  await lock(page).getByRole("button", { name: "Go on as Jonas Lindqvist" }).click();
  await expect(page.getByRole("button", { name: "Jonas Lindqvist: account and sign-out" })).toBeVisible();

  const admin = await pageOf(browser, "priya");
  const { sections } = await ask<WorksheetDto>(admin, "GET", `/worksheets/${worksheet}`);
  expect(JSON.stringify(sections?.objective?.content)).not.toContain("Eva wrote this.");
  await enterAs(page, email);
  await page.goto(`/worksheets/${worksheet}`);
  await expect(page.getByText(/not sent|unsent/i).first()).toBeVisible();
});
