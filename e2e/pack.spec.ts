import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import type { ExportListDto } from "@/lib/contracts/export";
import type { PackReport } from "@/lib/domain/pack/report";
import { fingerprint } from "@/lib/domain/proof/keys";
import { DEMO_ENGAGEMENT, engagementNamed } from "./support/api";
import { expectFineState } from "./support/axe";
import { pageOf } from "./support/people";
import { test } from "./support/test";

/** Runs the program that every pack carries. */
function verify(pack: string, ...more: string[]): { readonly status: number | null; readonly report: PackReport } {
  const { status, stdout } = spawnSync(process.execPath, [join("dist", "verify.mjs"), pack, "--json", ...more], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, report: JSON.parse(stdout) as PackReport };
}

/** Asks for an export by its item of the menu and what is chosen then, and waits in the drawer until it is ready. @returns its card */
async function exported(page: Page, item: RegExp, title: string, choices: readonly string[] = []): Promise<Locator> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: item }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/: about .*, \d+ seconds?\.$/)).toBeVisible();
  await expectFineState(page, "the dialog before an export");
  for (const choice of choices) await dialog.getByRole("radio", { name: choice }).check();
  await dialog.getByRole("button", { name: "Export", exact: true }).click();
  const card = page.getByRole("dialog", { name: "Your exports" }).getByRole("listitem", { name: title }).first();
  await expect(card.getByText("Ready")).toBeVisible({ timeout: 60_000 });
  return card;
}

test("the demo's proof pack is made in the background, waits through a reload, and verifies there and in the browser", async ({
  browser,
}) => {
  const page = await pageOf(browser, "aisha");
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  await page.goto(`/engagements/${id}`);
  await page.waitForLoadState("networkidle");
  await exported(page, /^Proof pack/, "Proof pack");
  await expectFineState(page, "the list of exports");
  await page.reload();
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Your exports" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download Proof pack" }).first().click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^pack-Harbour-Lane-Payments-\d{4}-\d\d-\d\d\.zip$/);
  const pack = await file.path();

  const unknown = verify(pack);
  expect(unknown.status).toBe(2);
  const root = unknown.report.pack?.rootKeyId ?? "";
  const known = verify(pack, "--root", root);
  expect(known.report.first, "the first part that fails").toBeNull();
  expect(known.status).toBe(0);

  await page.goto("/verify");
  await page.waitForLoadState("networkidle");
  await page.locator("input[type=file]").first().setInputFiles(pack);
  await page.getByLabel(/fingerprint/i).fill(fingerprint(root));
  await page.getByRole("button", { name: /^Verify/ }).click();
  await expect(page.getByText(/^Valid/).first()).toBeVisible();
});

test("an observer gets the workbook as PDF and is offered no pack, removes the file, and nobody else sees it", async ({
  browser,
}) => {
  const page = await pageOf(browser, "ruth");
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  await page.goto(`/engagements/${id}`);
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("menuitem", { name: "Your exports" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: /^Proof pack/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  const card = await exported(page, /^Workbook as PDF/, "Workbook as PDF/A-3, Letter", [
    "Letter",
    "For the archive (PDF/A-3)",
  ]);
  const download = page.waitForEvent("download");
  await card.getByRole("button", { name: "Download Workbook as PDF/A-3, Letter" }).click();
  expect((await download).suggestedFilename()).toMatch(/^workbook-Harbour-Lane-Payments-.*\.pdf$/);
  await card.getByRole("button", { name: "Remove Workbook as PDF/A-3, Letter" }).click();
  await expect(card.getByText("Removed")).toBeVisible();

  const other = await pageOf(browser, "aisha");
  const listed = await other.request.get(`/api/v1/engagements/${id}/exports`);
  const { items } = (await listed.json()) as ExportListDto;
  expect(items.filter(({ paper }) => paper === "Letter")).toEqual([]);
});
