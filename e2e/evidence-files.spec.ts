import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { ask } from "./support/api";
import { makeEngagement, openWorksheet } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

let engagementId = "";

// Of its own, so that no other spec's counts change.
test.beforeAll(async ({ browser }) => {
  const admin = await pageOf(browser, "priya");
  engagementId = await makeEngagement(admin, "Evidence files", { entity: [["aisha", "lead"]] });
  await admin.context().close();
});

/** A worksheet with one piece of evidence, its panel open. */
async function openPanel(page: Page, number: string, title: string): Promise<void> {
  const worksheetId = await openWorksheet(page, engagementId, number);
  const fields = { section: "constraints", itemId: null, title, url: "", shows: "" };
  const days = { collectedOn: "2026-11-20", validUntil: null };
  await ask(page, "POST", `/worksheets/${worksheetId}/evidence`, { ...fields, ...days });
  await page.goto(`/worksheets/${worksheetId}`);
  await page.getByRole("tab", { name: /^Evidence/ }).click();
  await expect(page.getByRole("article", { name: `Evidence ${title}` })).toBeVisible();
}

async function upload(page: Page, title: string, name: string, words: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: `Add files to ${title}` }).click();
  const buffer = Buffer.from(words);
  await (await choosing).setFiles({ name, mimeType: "application/octet-stream", buffer });
}

test("a file is added, downloaded byte for byte, used again in another worksheet, and removed", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  await openPanel(page, "1.2.5", "Trace of the drill");
  await upload(page, "Trace of the drill", "trace – Łódź.txt", "locked\nunlocked\n");
  const card = page.getByRole("article", { name: "Evidence Trace of the drill" });
  await expect(card.getByText("text, 16 bytes")).toBeVisible();
  const downloading = page.waitForEvent("download");
  await card.getByRole("button", { name: "Download trace – Łódź.txt" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("trace – Łódź.txt");
  expect(await readFile(await download.path(), "utf8")).toBe("locked\nunlocked\n");

  await openPanel(page, "1.2.6", "The same trace");
  await page.getByRole("button", { name: "Use files again for The same trace" }).click();
  const dialog = page.getByRole("dialog", { name: "Use files again" });
  await dialog.getByRole("checkbox", { name: "trace – Łódź.txt" }).click();
  await dialog.getByRole("button", { name: "Use 1 file" }).click();
  const other = page.getByRole("article", { name: "Evidence The same trace" });
  await expect(other.getByRole("button", { name: "Download trace – Łódź.txt" })).toBeVisible();
  await other.getByRole("button", { name: "Remove trace – Łódź.txt" }).click();
  await expect(other.getByRole("button", { name: "Download trace – Łódź.txt" })).toHaveCount(0);
});

test("what is not taken is refused beside its name, with the rule", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  await openPanel(page, "1.2.7", "A drawing");
  await upload(page, "A drawing", "logo.png", "<svg onload='alert(1)'/>");
  await expect(
    page.getByRole("alert").filter({ hasText: "The name says PNG image, but its content is" }),
  ).toBeVisible();
});

test("what looks like a card number is asked about before it is stored", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  await openPanel(page, "1.2.8", "Orders");
  await upload(page, "Orders", "orders.csv", "order;number\n1;4111 1111 1111 1111\n");
  const question = page.getByRole("dialog", { name: "Is this the number of a payment card?" });
  await expect(question).toContainText("Line 2: a number that ends in 1111.");
  await question.getByRole("button", { name: "Go back, nothing is stored" }).click();
  const card = page.getByRole("article", { name: "Evidence Orders" });
  await expect(card.getByRole("button", { name: "Download orders.csv" })).toHaveCount(0);
  await upload(page, "Orders", "orders.csv", "order;number\n1;4111 1111 1111 1111\n");
  await question.getByRole("button", { name: "These are no card numbers" }).click();
  await expect(card.getByRole("button", { name: "Download orders.csv" })).toBeVisible();
});
