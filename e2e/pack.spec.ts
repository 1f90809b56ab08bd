import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { PackReport } from "@/lib/domain/pack/report";
import { fingerprint } from "@/lib/domain/proof/keys";
import { DEMO_ENGAGEMENT, engagementNamed } from "./support/api";
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

test("the demo's proof pack is handed out from its workbook, and verifies there and in the browser", async ({
  browser,
}) => {
  const page = await pageOf(browser, "aisha");
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  await page.goto(`/engagements/${id}`);
  await page.waitForLoadState("networkidle");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: /^Proof pack/ }).click();
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
