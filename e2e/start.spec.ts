import { expect, type Page } from "@playwright/test";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { ask } from "./support/api";
import { expectFineState } from "./support/axe";
import { answerCriteria } from "./support/criteria";
import { makeEngagement, openWorksheet, write } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

const submit = (page: Page) => page.getByRole("button", { name: "Submit", exact: true }).first().click();
const mark = (page: Page) => page.getByRole("region", { name: "What this draft began as" });
const wide = (page: Page) => page.setViewportSize({ width: 1440, height: 900 });

test("a worksheet begins from the sample of its row, says so, and is refused as it came", async ({ browser, page }) => {
  // Anybody reads the sample in the catalogue.
  await page.goto("/catalogue/4.0.1/8.3.4");
  await page.getByRole("region", { name: "Sample worksheet" }).getByRole("link").click();
  await expect(page.getByText("This is a sample")).toBeVisible();
  await expect(page.getByRole("region", { name: /Validation/ })).toContainText("Tested by");
  await expect(page.getByText("Use it as a start")).toHaveCount(0);

  const lead = await pageOf(browser, "priya");
  const engagementId = await makeEngagement(lead, "Begun from a sample", {});
  const id = await openWorksheet(lead, engagementId, "8.3.4");
  await lead.goto("/catalogue/samples/8.1.6");
  await lead.getByRole("link", { name: "Begun from a sample" }).click();
  await lead.getByRole("button", { name: "Begin from another text" }).click();
  const dialog = lead.getByRole("dialog", { name: "Begin from another text" });
  await expect(dialog.getByRole("radio").first()).toBeChecked();
  await expectFineState(lead, "choosing what to begin from");
  await wide(lead);
  await dialog.getByRole("button", { name: "Begin from it" }).click();

  // The draft holds the text at once, and says what it is.
  await expect(mark(lead)).toContainText("Begun from a sample");
  await expect(mark(lead)).toContainText("Nothing of it is changed yet");
  await expect(mark(lead)).toContainText("pieces of evidence did not come along");
  await expect(lead.getByRole("textbox", { name: "Objective", exact: true })).not.toBeEmpty();
  await expect(lead.getByRole("button", { name: "Begin from another text" })).toHaveCount(0);
  await submit(lead);
  await expect(lead.getByRole("dialog", { name: "Not ready to submit" })).toContainText("as it came");
  await lead.keyboard.press("Escape");

  // A changed sentence makes it a text of its own in one section: the others are named, and lead to their passages.
  await write(lead, id, "objective", "Our own offices sign in by tokens, and nobody can guess one.");
  await lead.reload();
  const still = mark(lead);
  await expect(still).toContainText("Still nearly as it came");
  await expect(still.getByRole("button", { name: "Objective" })).toHaveCount(0);
  await still.getByRole("button", { name: "Constraints" }).click();
  await expect.poll(() => lead.evaluate(() => CSS.highlights.has("cv-passage"))).toBe(true);
  await expect.poll(() => lead.evaluate(() => window.getSelection()?.toString().length ?? 0)).toBeGreaterThan(40);
  await expectFineState(lead, "a draft begun from a sample");
  await wide(lead);
});

test("another worksheet is copied with ids of its own, and its evidence is left behind", async ({ browser }) => {
  const lead = await pageOf(browser, "priya");
  const engagementId = await makeEngagement(lead, "Copied", {});
  const from = await openWorksheet(lead, engagementId, "8.3.6");
  await write(lead, from, "definition", "Two people open the drawer, and neither knows the other's half.");
  await answerCriteria(lead, from);
  const to = await openWorksheet(lead, engagementId, "8.3.7");
  await lead.goto(`/worksheets/${to}`);
  await lead.getByRole("button", { name: "Begin from another text" }).click();
  const dialog = lead.getByRole("dialog", { name: "Begin from another text" });
  await dialog.getByRole("radio", { name: /^8\.3\.6 /, description: /^Copied,/ }).check();
  await dialog.getByRole("button", { name: "Begin from it" }).click();
  await expect(mark(lead)).toContainText("8.3.6 in Copied, draft");
  await expect(lead.getByText("Two people open the drawer", { exact: false }).first()).toBeVisible();
  const read = (id: string) => ask<WorksheetDto>(lead, "GET", `/worksheets/${id}`);
  const [source, copy] = [await read(from), await read(to)];
  const ids = ({ sections }: WorksheetDto) => sections?.definition?.content.items.controls.map((one) => one.id) ?? [];
  expect(ids(copy)).toHaveLength(ids(source).length);
  expect(ids(copy).filter((id) => ids(source).includes(id))).toEqual([]);
});

test("each field says what it asks for, by mouse and by keys", async ({ browser }) => {
  const lead = await pageOf(browser, "priya");
  const engagementId = await makeEngagement(lead, "Guidance", {});
  const id = await openWorksheet(lead, engagementId, "8.3.4");
  await lead.goto(`/worksheets/${id}`);
  await lead.getByRole("button", { name: "Add control" }).click();
  await expect(lead.getByLabel("Title", { exact: true })).toBeFocused();
  await lead.keyboard.press("Tab");
  const help = lead.getByRole("button", { name: "Help with “Title”" });
  await expect(help).toBeFocused();
  await lead.keyboard.press("Enter");
  await expect(lead.getByRole("dialog")).toContainText("What assessors criticise");
  await expectFineState(lead, "the guidance of a field");
  await wide(lead);
  await lead.keyboard.press("Escape");
  await expect(lead.getByRole("dialog")).toHaveCount(0);
  await expect(help).toBeFocused();
  const panel = lead.getByRole("complementary", { name: "About this section" });
  await expect(panel).toContainText("Owed for this item already");
});
