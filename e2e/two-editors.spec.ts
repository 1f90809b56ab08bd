import { expect, type Page } from "@playwright/test";
import { makeEngagement, openWorksheet } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

const SAVED = "[data-save-status=saved]";
const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });

let engagementId = "";

// Of its own: worksheets that appear in the demo's workbook would change the counts of other specs.
test.beforeAll(async ({ browser }) => {
  const admin = await pageOf(browser, "priya");
  engagementId = await makeEngagement(admin, "Two editors", { entity: [["aisha", "lead"]] });
  await admin.context().close();
});

/** The address of a fresh worksheet on a requirement that no other test uses. */
async function freshWorksheet(page: Page, number: string): Promise<string> {
  return `/worksheets/${await openWorksheet(page, engagementId, number)}`;
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await field(page, label).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(text);
}

test("two browsers in the same section: the second gets the merge view, and nothing is lost", async ({ browser }) => {
  const first = await pageOf(browser, "aisha");
  const address = await freshWorksheet(first, "12.1.1");
  const second = await pageOf(browser, "aisha");
  for (const page of [first, second]) {
    await page.goto(address);
    await expect(field(page, "Objective")).toBeVisible();
  }

  await type(first, "Objective", "First writer's objective.");
  await first.keyboard.press("Control+s");
  await expect(first.locator(SAVED).first()).toBeVisible();
  const refused = second.waitForResponse(
    (reply) => reply.url().includes("/sections/objective") && reply.status() === 409,
  );
  await type(second, "Objective", "Second writer's objective.");
  await second.keyboard.press("Control+s");
  await refused;
  const merge = second.getByRole("dialog").filter({ hasText: "Second writer's objective." });
  await expect(merge).toContainText("First writer's objective.");
  await merge.getByRole("radio", { name: /both/i }).first().click();
  await merge
    .getByRole("button", { name: /save|keep|merge/i })
    .last()
    .click();
  await expect(merge).toBeHidden();
  await expect(second.locator(SAVED).first()).toBeVisible();

  await first.reload();
  await expect(field(first, "Objective")).toContainText("First writer's objective.");
  await expect(field(first, "Objective")).toContainText("Second writer's objective.");
});

test("two browsers in different sections both succeed", async ({ browser }) => {
  const first = await pageOf(browser, "aisha");
  const address = await freshWorksheet(first, "12.1.2");
  const second = await pageOf(browser, "aisha");
  for (const page of [first, second]) {
    await page.goto(address);
    await expect(field(page, "Objective")).toBeVisible();
  }
  await type(first, "Objective", "An objective.");
  await type(second, "Maintenance", "A task each quarter.");
  for (const page of [first, second]) {
    await page.keyboard.press("Control+s");
    await expect(page.locator(SAVED).first()).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await first.reload();
  await expect(field(first, "Objective")).toContainText("An objective.");
  await expect(field(first, "Maintenance")).toContainText("A task each quarter.");
});

test("a lost connection keeps the text and says so", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  await page.goto(await freshWorksheet(page, "12.1.3"));
  await expect(field(page, "Objective")).toBeVisible();

  await page.context().setOffline(true);
  await type(page, "Objective", "Written without a connection.");
  await expect(page.locator("[data-save-status=offline]").first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.locator(SAVED).first()).toBeVisible();
});

test("text that could not be sent before its page was left is offered by the next", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  const address = await freshWorksheet(page, "12.1.4");
  await page.goto(address);
  await expect(field(page, "Objective")).toBeVisible();
  await page.route("**/sections/objective", (route) => route.abort());
  await type(page, "Objective", "Never sent.");
  await expect(page.locator("[data-save-status=offline]").first()).toBeVisible();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByText(/unsent|not sent|kept/i).first()).toBeVisible();
});
