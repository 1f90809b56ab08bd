import { expect } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { WebhookReceiver } from "@/test/webhook-receiver";
import { expectFineState } from "./support/axe";
import { PASSWORD, pageOf, sharedApp } from "./support/people";
import { test } from "./support/test";

test("a token is made and shown once, lets a program read and no more, and is refused once it is revoked", async ({
  browser,
  request,
}) => {
  const page = await pageOf(browser, "priya");
  await page.goto("/account");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Make a token" }).click();
  const dialog = page.getByRole("dialog", { name: "Make an API token" });
  await dialog.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByText("Please fill this in.")).toBeVisible();
  await expectFineState(page, "making a token");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Nightly report");
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const again = page.getByRole("dialog", { name: "Show again that it is you" });
  await again.getByLabel("Your password").fill(PASSWORD);
  await again.getByRole("button", { name: "Confirm" }).click();

  const shown = page.getByRole("dialog", { name: "The token “Nightly report”" });
  const token = await shown.getByRole("textbox", { name: "Token" }).inputValue();
  expect(token).toMatch(/^cvt_[0-9A-Za-z]{49}$/);
  await expect(shown.getByRole("button", { name: "Done" })).toBeDisabled();
  await shown.getByLabel("I have kept it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  const row = page
    .getByRole("list", { name: "API tokens" })
    .getByRole("listitem")
    .filter({ hasText: "Nightly report" });
  await expect(row).toContainText("not used yet");
  await expect(page.getByText(token)).toHaveCount(0);

  const headers = { authorization: `Bearer ${token}` };
  const api = `${sharedApp().url}/api/v1`;
  expect((await request.get(`${api}/engagements`, { headers })).status()).toBe(200);
  const written = await request.post(`${api}/engagements`, { headers, data: {} });
  expect([written.status(), (await written.json()).detail]).toEqual([403, expect.stringContaining("only reads")]);
  expect((await request.get(`${api}/me/factors`, { headers })).status()).toBe(403);
  await page.reload();
  await expect(row).toContainText("last used");
  await page.goto("/organisation");
  await expect(page.getByRole("table", { name: "API tokens" })).toContainText("Nightly report");

  await page.goto("/account");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Revoke Nightly report" }).click();
  await page.getByRole("button", { name: "Revoke the token" }).click();
  await expect(row).toHaveCount(0);
  const refused = await request.get(`${api}/engagements`, { headers });
  expect([refused.status(), (await refused.json()).code]).toEqual([401, "invalid_token"]);
});

test("the API is described for people and for tools", async ({ page, request }) => {
  await page.goto("/docs/api");
  await expect(page.getByRole("heading", { level: 1, name: "The API" })).toBeVisible();
  const operation = page.getByRole("article", { name: "Your engagements, with their progress" });
  await expect(operation).toContainText("GET /api/v1/engagements");
  await expect(operation).toContainText("token to read");
  await operation.getByText("Reply 200").click();
  await expect(operation).toContainText("items: EngagementSummary[]");
  const described = await request.get("/api/v1/openapi.json");
  expect(await described.json()).toMatchObject({ openapi: "3.1.1", paths: { "/api/v1/me": { get: {} } } });
});

test("a webhook is set up, its secret shown once, and its messages come signed", async ({ browser }) => {
  const receiver = await WebhookReceiver.start();
  // What others do in the organisation meanwhile is told as well.
  const tests = () => receiver.received.filter(({ json }) => json.type === "webhook.test");
  receiver.answer = ({ json }) =>
    json.type === "webhook.test" && tests().length === 1 ? (reply) => reply.writeHead(500).end("<b>Not yet</b>") : 204;
  const page = await pageOf(browser, "priya");
  await page.goto("/organisation/webhooks");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Set a webhook up" }).click();
  const dialog = page.getByRole("dialog", { name: "Set a webhook up" });
  await dialog.getByRole("textbox", { name: "Address" }).fill("https://10.0.0.1/");
  await dialog.getByRole("button", { name: "Set it up" }).click();
  const again = page.getByRole("dialog", { name: "Show again that it is you" });
  await again.getByLabel("Your password").fill(PASSWORD);
  await again.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog.getByText("This is not a public address.")).toBeVisible();
  await expectFineState(page, "setting a webhook up");
  await dialog.getByRole("textbox", { name: "Address" }).fill(receiver.url);
  await dialog.getByRole("textbox", { name: "Description" }).fill("Our ticket system");
  await dialog.getByRole("button", { name: "Set it up" }).click();
  const shown = page.getByRole("dialog", { name: "The secret that signs its messages" });
  const secret = await shown.getByRole("textbox", { name: "Secret" }).inputValue();
  await expectFineState(page, "the secret of a webhook");
  await shown.getByLabel("I have kept it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Set a webhook up" })).toBeFocused();
  await page.getByRole("link", { name: receiver.url }).click();
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Send a test message" }).click();
  const told = page.getByRole("list", { name: "Messages" }).getByRole("listitem").filter({ hasText: "A test message" });
  await expect(told).toBeVisible();
  // It is tried again after some seconds, which the endpoint takes.
  await expect(async () => {
    await page.reload();
    await expect(told).toContainText("Delivered", { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await told.getByText("Details").click();
  await expect(page.getByText("<b>Not yet</b>")).toBeVisible();
  await expectFineState(page, "what a webhook was told");
  const [first, second] = tests();
  expect(second?.id).toBe(first?.id);
  expect(new Webhook(secret).verify(second?.body ?? "", second?.headers ?? {})).toMatchObject({ type: "webhook.test" });
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("No webhook yet")).toBeVisible();
  await receiver.close();
});
