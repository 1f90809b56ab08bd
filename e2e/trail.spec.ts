import { expect } from "@playwright/test";
import { ask } from "./support/api";
import { expectAccessible } from "./support/axe";
import { makeEngagement, move, writeWorksheet } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

test("the trail is filtered by what happened, an event opens to before and after, and the chain is verified", async ({
  browser,
}) => {
  const lead = await pageOf(browser, "priya");
  const id = await makeEngagement(lead, "Trail", { entity: [["aisha", "contributor"]] });
  const worksheet = await writeWorksheet(lead, id, "8.3.4");
  await move(lead, worksheet, "submit");
  await move(lead, worksheet, "withdraw", "It is met after all.");

  await lead.goto(`/engagements/${id}/trail`);
  await expect(lead.getByRole("status").filter({ hasText: /Chain verified to event \d/ })).toBeVisible();
  const lines = lead.getByRole("listitem").getByRole("button");
  await expect(lines.filter({ hasText: "saved “Objective”" })).toHaveCount(1);

  await lead.getByRole("combobox", { name: "Action" }).click();
  await lead.getByRole("option", { name: "Withdrawn" }).click();
  await expect(lead).toHaveURL(/action=worksheet\.withdrawn/);
  await expect(lines).toHaveCount(1);
  await lines.click();
  await expect(lead.getByRole("row", { name: "State In review Withdrawn" })).toBeVisible();
  await expect(lead.getByRole("row", { name: "Reason It is met after all." })).toBeVisible();
  await expectAccessible(lead, "the trail with an event opened");

  await lead.reload();
  await expect(lines).toHaveCount(1);
  await lead.getByRole("button", { name: "Clear filters" }).click();
  await expect(lines.filter({ hasText: "saved “Objective”" })).toHaveCount(1);
  await lead.getByRole("textbox", { name: "To" }).fill("2 Jan 2020");
  await lead.keyboard.press("Enter");
  await expect(lead.getByRole("heading", { name: "No event matches" })).toBeVisible();
});

test("what was denied stands in the trail in words", async ({ browser }) => {
  const lead = await pageOf(browser, "tomasz");
  const id = await makeEngagement(lead, "Denials", { entity: [["viktor", "contributor"]] });
  const contributor = await pageOf(browser, "viktor");
  const refused = await contributor.request.get(`/api/v1/engagements/${id}/events`);
  expect(refused.status()).toBe(403);
  await ask(lead, "GET", `/engagements/${id}`);
  await lead.goto("/organisation/trail");
  await expect(lead.getByText("Viktor Hale was not allowed to read the trail: no role for it.").first()).toBeVisible();
});
