import { expect } from "@playwright/test";
import { expectFineState } from "./support/axe";
import { PASSWORD, pageOf, sharedApp } from "./support/people";
import { test } from "./support/test";

test("a program of the company gets an account, a token and a review, and none of it lets anybody in", async ({
  browser,
  request,
}) => {
  const page = await pageOf(browser, "priya");
  await page.goto("/organisation/services");
  await page.waitForLoadState("networkidle");
  await expectFineState(page, "no service account yet");
  await page.getByRole("button", { name: "Make a service account" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a service account" });
  await dialog.getByRole("button", { name: "Make it" }).click();
  await expect(dialog.getByText("Say what it is for.")).toBeVisible();
  await expect(dialog.getByText("Choose who answers for it.")).toBeVisible();
  await expectFineState(page, "making a service account");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Ticket bridge (service account)");
  await dialog.getByRole("textbox", { name: "What it is for" }).fill("Brings closed tickets in as evidence, nightly.");
  await dialog.getByRole("combobox", { name: "Who answers for it" }).click();
  await page.getByRole("option").first().click();
  await expect(dialog.getByText("A name does not end in “(service account)”.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Ticket bridge");
  await dialog.getByRole("button", { name: "Make it" }).click();
  const again = page.getByRole("dialog", { name: "Show again that it is you" });
  await again.getByLabel("Your password").fill(PASSWORD);
  await again.getByRole("button", { name: "Confirm" }).click();

  const card = page.getByRole("region", { name: "Ticket bridge" });
  await expect(card).toContainText("Brings closed tickets in as evidence");
  await card.getByRole("button", { name: "Make a token for Ticket bridge" }).click();
  const making = page.getByRole("dialog", { name: "Make a token for Ticket bridge" });
  await making.getByRole("textbox", { name: "Name" }).fill("Production");
  await making.getByRole("button", { name: "Make the token" }).click();
  const shown = page.getByRole("dialog", { name: "The token “Production”" });
  const token = await shown.getByRole("textbox", { name: "Token" }).inputValue();
  await shown.getByLabel("I have kept it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(card).toContainText("not used yet");
  await expectFineState(page, "a service account with a token");

  const { url } = sharedApp();
  const headers = { authorization: `Bearer ${token}` };
  const me = await request.get(`${url}/api/v1/me`, { headers });
  expect(await me.json()).toMatchObject({ name: "Ticket bridge (service account)", email: null });
  const accounts = await request.get(`${url}/api/v1/organisation/accounts`, { headers });
  expect(accounts.status()).toBe(403);

  await card.getByRole("button", { name: "Ticket bridge was reviewed" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reviewed" }).click();
  await expect(card).toContainText(/Reviewed.*by Priya/);

  await page.goto("/organisation");
  await expect(page.getByRole("table").first()).toBeVisible();
  await expect(page.getByText("Ticket bridge")).toHaveCount(0);
  await page.goto("/organisation/trail");
  await expect(page.getByText("reviewed Ticket bridge (service account)").first()).toBeVisible();

  await page.goto("/organisation/services");
  await page.waitForLoadState("networkidle");
  await card.getByRole("button", { name: "Disable Ticket bridge" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(card).toContainText("It has no token.");
  expect((await request.get(`${url}/api/v1/me`, { headers })).status()).toBe(401);
});
