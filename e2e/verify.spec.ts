import { buffer } from "node:stream/consumers";
import { expect } from "@playwright/test";
import { writeZip } from "@/lib/render/zip/write-zip";
import { tellStory } from "@/test/pack/story";
import { test } from "./support/test";

const MADE = new Date("2026-05-02T10:00:00.000Z");

test("whoever was given a pack sees what it proves, without an account and without sending it", async ({ page }) => {
  const { service } = tellStory();
  const older = await buffer(writeZip(await service.pack(MADE)));
  service.record({ action: "trail.viewed", at: "2026-05-02T10:10:00.000Z", actorId: null, detail: {} }, true);
  const newer = await buffer(writeZip(await service.pack(MADE)));
  await page.goto("/verify");
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("Choose the pack that you were given.")).toBeVisible();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
  });
  const [pack, before] = [page.locator('input[type="file"]').first(), page.locator('input[type="file"]').last()];
  await pack.setInputFiles({ name: "pack.zip", mimeType: "application/zip", buffer: newer });
  await before.setInputFiles({ name: "older.zip", mimeType: "application/zip", buffer: older });
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("The pack is intact, but its root key is not trusted yet.")).toBeVisible();
  await page.getByLabel("Fingerprint of the root key").fill(service.rootKeyId);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("The pack is valid, and continues the older one.")).toBeVisible();
  await expect(page.getByText("PCI DSS 4.0.1 requirement 8.3.4")).toBeVisible();
  await expect(page.getByText(/Witnessed by the server only/)).toHaveCount(2);
  const broken = Buffer.from(newer);
  broken[100] = (broken[100] ?? 0) ^ 1;
  await pack.setInputFiles({ name: "broken.zip", mimeType: "application/zip", buffer: broken });
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("The pack is not valid.")).toBeVisible();
  expect(sent).toEqual([]);
});
