import { expect, type Page } from "@playwright/test";
import { ask, engagementNamed } from "./support/api";
import { makeEngagement } from "./support/engagement";
import { passGate } from "./support/gate";
import { pageOf } from "./support/people";
import { test } from "./support/test";

const rows = (page: Page) => page.getByRole("table", { name: "Requirements of the workbook" }).locator("tbody tr");

async function openWorkbook(page: Page, query = ""): Promise<string> {
  const { id } = await engagementNamed(page, /ROC/);
  await page.goto(`/engagements/${id}${query}`);
  await expect(rows(page).first()).toBeVisible();
  return id;
}

test("filters stand in the address, and no key typed on a slow machine is lost", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  await openWorkbook(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const search = page.getByRole("textbox", { name: "Search requirements, notes, owners" });
  await search.pressSequentially("cryptoperiod", { delay: 20 });
  await expect(search).toHaveValue("cryptoperiod");
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("3.7.4");

  await search.fill("");
  await expect(rows(page)).not.toHaveCount(1);
  await page.getByRole("combobox", { name: "Filter by disposition" }).click();
  await page.getByRole("option", { name: "Compensating control" }).click();
  await page.getByRole("button", { name: "Requirement", exact: true }).click();
  await expect(page).toHaveURL(/disposition=compensating_control/);
  await expect(page).toHaveURL(/sort=requirement/);
  const numbers = await rows(page).allInnerTexts();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Filter by disposition" })).toHaveValue("Compensating control");
  await expect(rows(page)).toHaveCount(numbers.length);

  // The counts at the top lead to their rows.
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.getByRole("link", { name: /at the assessor/ }).click();
  await expect(page).toHaveURL(/state=assessor/);
  await expect(rows(page).first()).toContainText("In review");
});

test("a row's drawer gives the focus back, and asks before typed text goes", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  await openWorkbook(page);
  const row = page.getByRole("button", { name: /^A2\.1\.2 / });
  await row.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: /^A2\.1\.2/ });
  await expect(drawer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(row).toBeFocused();

  await row.click();
  await drawer.getByRole("radio", { name: /^Fix planned/ }).click();
  await drawer.getByRole("button", { name: "Save", exact: true }).click();
  await expect(drawer.getByText("Name who carries the fix.")).toBeVisible();
  await expect(drawer.getByText("Give the day by which the fix is done.")).toBeVisible();
  await drawer.getByLabel("Fixed by").fill("31.02.2027");
  await drawer.getByLabel("What will be done").fill("Retire the last terminals.");
  await expect(drawer.getByText("Not a day. Write it as 12 Dec 2026.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keep editing" }).click();
  // Until the question is gone, Escape is the question's.
  await expect(page.getByRole("button", { name: "Keep editing" })).toBeHidden();
  await expect(drawer.getByLabel("What will be done")).toHaveValue("Retire the last terminals.");
  await expect(drawer.getByLabel("Fixed by")).toHaveValue("31.02.2027");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(drawer).toBeHidden();
  await expect(row).toBeFocused();
});

test("a grouping is no worksheet: the leaf is asked for, and rows are assigned together", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  const engagementId = await openWorkbook(page);
  await page.getByRole("button", { name: "Add requirements" }).click();
  const dialog = page.getByRole("dialog", { name: "Add requirements" });
  await dialog.getByLabel("Search").fill("12.6");
  await dialog.getByRole("checkbox", { name: /^12\.6 / }).click();
  await dialog.getByRole("button", { name: "Add 1" }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole("checkbox", { name: "Select 12.6", exact: true }).click();
  const bar = page.getByRole("region", { name: "Selected rows" });
  await bar.getByRole("combobox", { name: "Owner of the selected rows" }).click();
  await page.getByRole("option", { name: "Marta Bergström" }).click();
  await bar.getByLabel("Due date of the selected rows").fill("9/12/2026");
  await page.keyboard.press("Tab");
  await bar.getByRole("button", { name: "Assign" }).click();
  await expect(bar).toBeHidden();
  const row = rows(page).filter({ hasText: "12.6" }).first();
  await expect(row).toContainText("Marta Bergström");
  await expect(row.locator("time")).toHaveAttribute("datetime", "2026-12-09");

  await page.getByRole("button", { name: /^12\.6 / }).click();
  const drawer = page.getByRole("dialog", { name: /^12\.6 / });
  await drawer.getByRole("radio", { name: /^Compensating control/ }).click();
  await expect(drawer.getByText("12.6 only groups others")).toBeVisible();
  await expect(drawer.getByRole("button", { name: "Save and open the worksheet" })).toBeDisabled();
  await drawer.getByRole("radio", { name: /^12\.6\.2 / }).click();
  await drawer.getByRole("button", { name: "Open its worksheet" }).click();
  await passGate(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("12.6.2");
  const { items } = await ask<{ items: { requirementNumber: string; disposition: string }[] }>(
    page,
    "GET",
    `/engagements/${engagementId}/dispositions`,
  );
  const choice = (number: string) => items.find((one) => one.requirementNumber === number)?.disposition;
  expect([choice("12.6"), choice("12.6.2")]).toEqual(["undecided", "compensating_control"]);
});

test("a row is saved and the list filtered while the page is read anew, and nothing of the page goes", async ({
  browser,
}) => {
  const page = await pageOf(browser, "priya");
  const id = await makeEngagement(page, "Filtered while saving", {});
  await ask(page, "POST", `/engagements/${id}/dispositions`, { requirementNumbers: ["8.3.4", "8.3.6"] });
  await page.goto(`/engagements/${id}`);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.getByRole("button", { name: /^8\.3\.4 / }).click();
  const drawer = page.getByRole("dialog", { name: /^8\.3\.4 / });
  await drawer.getByRole("radio", { name: /^Met/ }).click();
  await drawer.getByLabel("How it is met").fill("Accounts lock after six tries, standard NS-4.");
  // The server answers only once all this was done.
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const asked = page.waitForRequest(
    (request) => request.headers()["next-router-state-tree"]?.includes("refetch") === true,
  );
  await page.route(/_rsc=/, async (route) => {
    await answered;
    await route.continue();
  });
  await drawer.getByRole("button", { name: "Save", exact: true }).click();
  await asked;
  await expect(drawer).toBeHidden();
  await page.getByRole("textbox", { name: "Search requirements, notes, owners" }).fill("8.3.6");
  await expect(rows(page)).toHaveCount(1);
  answer();
  await expect(page).toHaveURL(/\?q=8\.3\.6$/);
  await expect(page.getByRole("textbox", { name: "Search requirements, notes, owners" })).toHaveValue("8.3.6");
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(rows(page)).toHaveCount(2);
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});
