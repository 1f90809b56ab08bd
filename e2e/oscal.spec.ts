import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { ask, DEMO_ENGAGEMENT, engagementNamed } from "./support/api";
import { expectFineState } from "./support/axe";
import { makeEngagement } from "./support/engagement";
import { PASSWORD, pageOf } from "./support/people";
import { test } from "./support/test";

/** Chooses an item of the export menu, shows once more who one is where it asks, and takes the file that comes. */
async function taken(
  page: Page,
  item: RegExp,
  asks = false,
): Promise<{ readonly name: string; readonly path: string }> {
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).click();
  if (asks) {
    const again = page.getByRole("dialog", { name: "Show again that it is you" });
    await again.getByLabel("Your password").fill(PASSWORD);
    await again.getByRole("button", { name: "Confirm" }).click();
  }
  const file = await download;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** What the command says of a file. */
function checked(path: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/countervail.mjs", "check-oscal", path], {
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

test("a lead takes the workbook out as OSCAL, which is whole, and with all its data", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  await page.goto(`/engagements/${id}`);
  await page.waitForLoadState("networkidle");
  const plan = await taken(page, /^OSCAL, POA&M/);
  expect(plan.name).toBe("Harbour-Lane-Payments-4.0.1.oscal-poam.json");
  expect(checked(plan.path)).toContain("8.3.4: revision");
  expect(checked((await taken(page, /^OSCAL, SSP/)).path)).toContain("system security plan");
  const data = await taken(page, /^All data/, true);
  expect(data.name).toMatch(/^engagement-Harbour-Lane-Payments-\d{4}-\d\d-\d\d\.jsonl$/);
  const lines = (await readFile(data.path, "utf8")).trimEnd().split("\n");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ format: "countervail.engagement.v1", engagementId: id });
  expect(JSON.parse(lines.at(-1) ?? "")).toHaveProperty("end.sha256");
});

test("a lead takes a plan into another engagement: what opens, what is left out, all of it at once", async ({
  browser,
}) => {
  const page = await pageOf(browser, "aisha");
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  await page.goto(`/engagements/${id}`);
  await page.waitForLoadState("networkidle");
  const plan = await taken(page, /^OSCAL, POA&M/);
  const to = await makeEngagement(page, "Plan taken in", {});
  await ask(page, "POST", `/engagements/${to}/dispositions`, { requirementNumbers: ["8.3.4"] });
  await page.goto(`/engagements/${to}`);
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByRole("menuitem", { name: /^OSCAL/ }).click();
  const dialog = page.getByRole("dialog", { name: "Import an OSCAL plan" });
  const choose = (path: string) => dialog.locator("input[type=file]").setInputFiles(path);
  await choose("package.json");
  await expect(dialog.getByRole("alert")).toContainText("no OSCAL plan of action and milestones");
  await choose(plan.path);
  await expect(dialog.getByRole("status").first()).toContainText("1 worksheet opens");
  await expect(dialog.getByText("The workbook has no row for it.").first()).toBeVisible();
  const fields = dialog.getByRole("table", { name: "What else changes of 8.3.4" });
  await expect(fields.getByRole("row", { name: /^Disposition/ })).toContainText("Compensating control");
  await expect(fields).toContainText("Evidence: ");
  await dialog.getByRole("button", { name: "Objective" }).click();
  await expect(dialog.locator("ins").first()).toBeVisible();
  await expectFineState(page, "the preview of a plan");
  await dialog.getByRole("button", { name: "Take in what is chosen" }).click();
  await expect(page.getByText("1 worksheet was opened.")).toBeVisible();
  const { items } = await ask<{ items: { state: string }[] }>(page, "GET", `/engagements/${to}/worksheets`);
  expect(items).toMatchObject([{ state: "draft" }]);
});
