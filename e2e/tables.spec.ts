import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { packageFindings, textOfWord, unpackOffice } from "@/test/office-tools";
import { ask, DEMO_ENGAGEMENT, engagementNamed } from "./support/api";
import { expectFineState } from "./support/axe";
import { makeEngagement } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

interface Row {
  readonly id: string;
  readonly requirementNumber: string;
  readonly disposition: string;
  readonly note: string;
  readonly version: number;
}

const rowsOf = async (page: Page, engagementId: string) =>
  (await ask<{ items: readonly Row[] }>(page, "GET", `/engagements/${engagementId}/dispositions`)).items;

async function takeTable(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Tables (XLSX, CSV)" }).click();
  const dialog = page.getByRole("dialog", { name: "Tables for spreadsheets" });
  await expectFineState(page, "the tables to take out");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Workbook as CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^workbook-.*-4\.0\.1\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  return text;
}

/** Opens the dialog that takes an edited table. */
async function openImport(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByRole("menuitem", { name: /^Table/ }).click();
}

test("a table of the workbook is taken out, edited, looked at and brought back, all or nothing", async ({
  browser,
}) => {
  const page = await pageOf(browser, "aisha");
  const engagementId = await makeEngagement(page, "Tables", {});
  await ask(page, "POST", `/engagements/${engagementId}/dispositions`, { requirementNumbers: ["5.2.1", "5.2.2"] });
  await page.goto(`/engagements/${engagementId}`);
  await page.waitForLoadState("networkidle");
  const table = await takeTable(page);
  const before = await rowsOf(page, engagementId);

  await openImport(page);
  const dialog = page.getByRole("dialog", { name: "Import an edited table" });
  const choose = (text: string) =>
    dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "edited.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await choose(table.replace('"Undecided",""', '"Perhaps",""'));
  await expect(dialog.getByRole("status")).toHaveText("0 rows change, 1 stays as it is, 1 problem");
  await expect(dialog.getByRole("table", { name: "Problems in the table" })).toContainText(
    "Choose one of: Undecided, Met",
  );
  await expect(dialog.getByRole("button", { name: "Apply" })).toBeDisabled();

  await choose(table.replaceAll('"Undecided",""', '"Met","\'=Scanned daily"'));
  await expect(dialog.getByRole("status")).toHaveText("2 rows change, 0 stay as they are");
  await expect(dialog.getByRole("table", { name: "What the table changes" })).toContainText("=Scanned daily");
  await expectFineState(page, "the preview of an import");
  expect(await rowsOf(page, engagementId)).toEqual(before);

  // Somebody changes one of the rows meanwhile: nothing is applied.
  const [first] = before;
  await ask(page, "PATCH", `/dispositions/${first?.id}`, { version: first?.version, note: "Meanwhile." });
  await dialog.getByRole("button", { name: "Apply 2 changes" }).click();
  await expect(dialog.getByRole("alert")).toContainText("somebody else changed 5.2.1");
  expect((await rowsOf(page, engagementId)).map(({ disposition }) => disposition)).toEqual(["undecided", "undecided"]);
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await page.reload();
  await page.waitForLoadState("networkidle");
  const anew = (await takeTable(page)).replace(/"Undecided","[^"]*"/g, '"Met","Scanned daily"');
  await openImport(page);
  await choose(anew);
  await dialog.getByRole("button", { name: "Apply 2 changes" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("2 rows were changed.")).toBeVisible();
  const after = await rowsOf(page, engagementId);
  expect(after.map(({ disposition, note }) => [disposition, note])).toEqual([
    ["met", "Scanned daily"],
    ["met", "Scanned daily"],
  ]);
});

test("an assessor takes a worksheet as a Word document, and may bring no table back", async ({ browser }) => {
  const page = await pageOf(browser, "ines");
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  await page.goto(`/engagements/${id}`);
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("button", { name: "Export" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Import" })).toHaveCount(0);
  const { items } = await ask<{ items: { id: string; state: string }[] }>(page, "GET", `/engagements/${id}/worksheets`);
  const sheet = items.find(({ state }) => state === "qsa_review" || state === "signed");
  await page.goto(`/worksheets/${sheet?.id}/review`);
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Word document, A4" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^ccw-[\d.]+-r\d+\.docx$/);
  const parts = await unpackOffice(await readFile(await file.path()));
  expect(packageFindings(parts)).toEqual([]);
  expect(textOfWord(parts.get("word/document.xml") ?? "")).toContain("1. Constraints");
});
