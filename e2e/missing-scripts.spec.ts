import { type Browser, expect, type Locator, type Page, type Route } from "@playwright/test";
import { onDatabaseOf } from "@/test/app-database";
import { makeEngagement, openWorksheet, writeWorksheet } from "./support/engagement";
import { NEW_PASSWORD, newcomer } from "./support/newcomer";
import { pageOf, sharedApp } from "./support/people";
import { test } from "./support/test";

const SCRIPTS = "**/_next/static/chunks/**";
const lock = (page: Page) => page.getByRole("dialog", { name: "Locked" });
const told = (page: Page, what: string) => page.getByRole("alert").filter({ hasText: `${what} could not be loaded` });

/** Loads a page that has had no idle time to fetch anything ahead, and lets no further script come. */
async function loadAlone(page: Page, address: string, needed?: Locator): Promise<void> {
  await page.addInitScript(() => {
    const plain = window.setTimeout.bind(window);
    const busy = (act: TimerHandler, after?: number) => (after === 5_000 ? 0 : plain(act, after));
    Object.assign(window, { setTimeout: busy });
  });
  await page.goto(address);
  if (needed) await expect(needed).toBeVisible();
  await page.waitForLoadState("networkidle");
  await gone(page);
}

const gone = (page: Page) => page.route(SCRIPTS, (route) => route.abort());
const back = (page: Page) => page.unroute(SCRIPTS);

async function makeWriter(browser: Browser) {
  const admin = await pageOf(browser, "priya");
  const email = "ines.scripts@harbourlane.example";
  const someone = await newcomer(browser, admin, "Ines", email);
  const engagement = await makeEngagement(admin, "Without scripts", { entity: [["ines", "lead"]] });
  return { ...someone, worksheet: await writeWorksheet(admin, engagement, "8.3.4") };
}

test("scripts that do not come take neither the page nor what was typed: a notice, the lock and its second step are told and tried again", async ({
  browser,
}) => {
  const { page, email, code, worksheet } = await makeWriter(browser);
  const objective = page.getByRole("textbox", { name: "Objective", exact: true });
  await loadAlone(page, `/worksheets/${worksheet}`, objective);
  await objective.click();
  await page.keyboard.insertText("Typed before the scripts were gone.");

  // The first notification is the one that says that the server was not reached.
  await page.route("**/pdf?*", (route) => route.abort());
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: "PDF, A4", exact: true }).click();
  const notice = page.getByRole("alert").filter({ has: page.getByRole("button", { name: "Close", exact: true }) });
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Close", exact: true }).click();
  await expect(notice).toBeHidden();
  await expect(objective).toContainText("Typed before the scripts were gone.");

  await onDatabaseOf(sharedApp().dataFolder, (sql) =>
    sql.query("UPDATE session SET ended_at = now() WHERE user_id = (SELECT id FROM app_user WHERE email = $1)", [
      email,
    ]),
  );
  await objective.click();
  await page.keyboard.insertText("And after. ");
  await expect(told(page, "The sign-in")).toBeVisible();
  await expect(lock(page)).toBeVisible();
  await back(page);
  await lock(page).getByRole("button", { name: "Try again" }).click();
  await expect(lock(page).getByLabel("Password", { exact: true })).toBeVisible();
  await gone(page);
  await lock(page).getByLabel("Password", { exact: true }).fill(NEW_PASSWORD);
  await lock(page).getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(told(page, "The next step")).toBeVisible();
  await back(page);
  await lock(page).getByRole("button", { name: "Try again" }).click();
  await lock(page)
    .getByLabel("Code of your authenticator app")
    .fill(await code(1));
  await lock(page).getByRole("button", { name: "Continue" }).click();
  await expect(lock(page)).toBeHidden();
  await expect(objective).toContainText("Typed before the scripts were gone.");
  await expect(objective).toContainText("And after.");
});

test("a question who one is that does not come leaves the form beneath as it is", async ({ browser }) => {
  const page = await pageOf(browser, "priya");
  await loadAlone(page, "/account");
  await page.getByRole("button", { name: "Make a token" }).click();
  const dialog = page.getByRole("dialog", { name: "Make an API token" });
  const name = dialog.getByRole("textbox", { name: "Name" });
  await name.fill("Weekly report");
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const message = told(page, "The question whether it is you");
  await expect(message.getByRole("button", { name: "Try again" })).toBeFocused();
  await message.getByRole("button", { name: "Not now" }).click();
  await expect(message).toBeHidden();
  await expect(name).toHaveValue("Weekly report");

  await dialog.getByRole("button", { name: "Make the token" }).click();
  await expect(message).toBeVisible();
  await back(page);
  await message.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog", { name: "Show again that it is you" })).toBeVisible();
});

test("a dialog that is asked for says that it comes, and does not open over what somebody went on with", async ({
  browser,
}) => {
  const page = await pageOf(browser, "priya");
  const worksheet = await openWorksheet(page, await makeEngagement(page, "Late dialogs", {}), "8.3.4");
  const objective = page.getByRole("textbox", { name: "Objective", exact: true });
  await loadAlone(page, `/worksheets/${worksheet}`, objective);
  await back(page);
  const held: Route[] = [];
  await page.route(SCRIPTS, (route) => void held.push(route));
  const more = page.getByRole("button", { name: "More actions" });
  const entry = page.getByRole("menuitem", { name: "Assign contributors" });
  const coming = page.getByRole("status").filter({ hasText: "Loading…" });
  const dialog = page.getByRole("dialog");
  await more.click();
  await entry.click();
  await expect(coming).toBeVisible();
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(coming).toBeHidden();

  // A key of which the editor makes no text, or a click, is going on as well.
  await more.click();
  await entry.click();
  await expect(coming).toBeVisible();
  await objective.focus();
  await page.keyboard.press("Shift");
  await expect(coming).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(coming).toBeHidden();
  await more.click();
  await entry.click();
  await expect(coming).toBeVisible();
  await objective.click();
  await expect(coming).toBeHidden();
  await page.keyboard.type("I go on");
  await expect(objective).toContainText("I go on");

  // It does not come at all, and the network is back while one writes.
  await gone(page);
  for (const route of held) await route.abort();
  await more.click();
  await entry.click();
  const message = told(page, "The choice of contributors");
  await expect(message).toBeVisible();
  await objective.click();
  await page.keyboard.type(" with the text");
  await back(page);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.keyboard.type(" to its end");
  await expect(objective).toContainText("I go on with the text to its end");
  await expect(message).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await message.getByRole("button", { name: "Try again" }).click();
  await expect(dialog).toBeVisible();
});
