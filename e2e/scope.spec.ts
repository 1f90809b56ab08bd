import { expect, type Page } from "@playwright/test";
import { OPENING } from "@/test/fixtures/gate-answers";
import { ask } from "./support/api";
import { pageOf } from "./support/people";
import { test } from "./support/test";

async function newEngagement(page: Page): Promise<string> {
  await page.goto("/engagements/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Scope 2027");
  await page.getByLabel("Period from").fill("1/1/2027");
  await page.getByLabel("Period to").fill("31 Dec 2026");
  await page.getByLabel("Report due").fill("soon");
  await page.getByRole("button", { name: "Create and answer the scope" }).click();
  await expect(page.getByText("The period ends before it starts.")).toBeVisible();
  await expect(page.getByText("Not a day. Write it as 12 Dec 2026.")).toBeVisible();
  await page.getByLabel("Period to").fill("2027-12-31");
  await page.getByLabel("Report due").fill("31.3.2028");
  await page.getByRole("button", { name: "Create and answer the scope" }).click();
  await expect(page).toHaveURL(/\/engagements\/[0-9a-f-]+\/scope/);
  return /engagements\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
}

test("changed answers are counted anew, say what changed, and drop no worksheet", async ({ browser }) => {
  const page = await pageOf(browser, "tomasz");
  const id = await newEngagement(page);
  await page.getByRole("checkbox", { name: /material made on a workstation/ }).click();
  // At once: the answer is still on its way, and the result is read again when it is stored.
  await page.getByRole("link", { name: "See the result" }).click();
  await expect(page.getByRole("heading", { name: "Verdict" })).toBeVisible();
  const line = page.locator("tbody tr").filter({ has: page.getByRole("link", { name: "3.7.6", exact: true }) });
  await expect(line).toContainText("Triggered");

  // A worksheet is begun for what the next answer takes away.
  const { items } = await ask<{ items: { id: string; requirementNumber: string }[] }>(
    page,
    "GET",
    `/engagements/${id}/dispositions`,
  );
  const row = items.find(({ requirementNumber }) => requirementNumber === "3.7.6");
  await ask(page, "POST", `/dispositions/${row?.id}/worksheet`, OPENING);

  await page.getByRole("link", { name: "Change the answers" }).click();
  await page.getByRole("checkbox", { name: /material made on a workstation/ }).click();
  await page.getByRole("checkbox", { name: /AWS-generated material/ }).click();
  await page.getByRole("link", { name: "See the result" }).click();
  const changes = page.getByRole("alert").filter({ hasText: "What your answers changed" });
  await expect(changes).toContainText("Row 3.6.6 is no longer triggered today.");
  await changes.getByRole("button", { name: "Seen" }).click();
  await expect(changes).toBeHidden();

  await page.goto(`/engagements/${id}`);
  const kept = page.locator("tbody tr").filter({ hasText: "3.7.6" });
  await expect(kept).toContainText("Draft");
  await page.getByRole("button", { name: /^3\.7\.6 / }).click();
  await expect(page.getByText("by today’s answers nothing triggers it any more")).toBeVisible();
});
