import { expect, type Page } from "@playwright/test";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { ask } from "./support/api";
import { expectFineState } from "./support/axe";
import { makeEngagement, writeWorksheet } from "./support/engagement";
import { answer } from "./support/gate";
import { pageOf } from "./support/people";
import { test } from "./support/test";

/** Looks at the page as it stands in both widths, and leaves it wide. */
const look = async (page: Page, where: string) => {
  await expectFineState(page, where);
  await page.setViewportSize({ width: 1440, height: 900 });
};
const section = (page: Page, key: string) => page.locator(`[data-section=${key}]`);
const added = (page: Page, key: string) =>
  section(page, key).getByRole("complementary", { name: "Added by the carry-over" });

/** An engagement of 3.2.1 with a worksheet for 8.1.6, whose first control names a requirement that was split. @returns the worksheet's id */
async function makeSource(lead: Page): Promise<string> {
  const { id } = await ask<{ id: string }>(lead, "POST", "/engagements", {
    name: "Before the change",
    standardVersion: "3.2.1",
    assessmentType: "ROC",
    periodStart: "2023-01-01",
    periodEnd: "2023-12-31",
    dueOn: "2024-03-31",
    internalReview: false,
  });
  const worksheetId = await writeWorksheet(lead, id, "8.1.6");
  const { sections } = await ask<WorksheetDto>(lead, "GET", `/worksheets/${worksheetId}`);
  const definition = sections?.definition;
  const [first, ...more] = definition?.content.items.controls ?? [];
  await ask(lead, "PUT", `/worksheets/${worksheetId}/sections/definition`, {
    baseVersion: definition?.version,
    content: {
      ...definition?.content,
      items: { controls: [{ ...first, label: "C1", origin: "required_elsewhere", requirementRef: "1.1.6" }, ...more] },
    },
  });
  return worksheetId;
}

test("a worksheet of 3.2.1 is carried over, shows what to write anew, and is read as 3.2.1 again", async ({
  browser,
}) => {
  const lead = await pageOf(browser, "priya");
  const source = await makeSource(lead);
  const engagementId = await makeEngagement(lead, "After the change", {});

  await lead.goto(`/engagements/${engagementId}`);
  await lead.getByRole("link", { name: "Carry over from 3.2.1" }).click();
  const card = lead.getByRole("region", { name: /^8\.1\.6 / }).filter({ hasText: "Before the change" });
  await expect(card).toContainText("TEN attempts instead of six");
  await expect(card).toContainText("its draft");
  await look(lead, "the list of what may be carried over");
  await card.getByRole("button", { name: "Carry over to 8.3.4" }).click();
  const dialog = lead.getByRole("dialog", { name: "Carry 8.1.6 over to 8.3.4" });
  // What an answer leads to is said at once, what was not answered after a try.
  await answer(dialog, "switchable", "Yes");
  await expect(dialog.getByText("A setting that meets this requirement exists.")).toBeVisible();
  await dialog.getByRole("button", { name: "Carry over" }).click();
  await expect(dialog.getByText("Answer this question.")).toHaveCount(3);
  for (const no of await dialog.getByRole("radio", { name: "No", exact: true }).all()) await no.check();
  await look(lead, "the questions before carrying over");
  await dialog.getByRole("button", { name: "Carry over" }).click();

  await expect(lead.getByRole("heading", { level: 1, name: /^8\.3\.4/ })).toBeVisible();
  const origin = lead.getByRole("region", { name: "What this draft began as" });
  await expect(origin).toContainText("8.1.6 of PCI DSS 3.2.1 in Before the change, draft");
  await expect(lead.getByText("7 of 7 things that 4.0.1 asks anew")).toBeVisible();
  await expect(section(lead, "objective")).toContainText("What 8.1.6 says of its objective.");
  await expect(added(lead, "objective")).toContainText("Aim of the original requirement");
  await expect(added(lead, "objective").getByText("To be written anew")).toHaveCount(2);
  // No tick stands in the list where something is still to be written.
  const listed = lead.getByRole("navigation", { name: "Sections of the worksheet" });
  await expect(listed.getByRole("button", { name: /^Objective ?, to be written anew$/ })).toBeVisible();
  await expect(listed.getByRole("button", { name: /^Criteria of Appendix B ?, not all answered$/ })).toBeVisible();
  await expect(listed.getByRole("button", { name: /^Identified Risk ?, has content$/ })).toBeVisible();
  await expect(added(lead, "definition")).toContainText("C1 names “1.1.6”");
  await expect(added(lead, "definition")).toContainText("1.1.6 may be 1.2.5, 1.2.6");
  await expect(added(lead, "criteria")).toContainText("Criterion 6 (now and in future)");
  await look(lead, "a worksheet that was carried over");

  const text = lead.getByRole("textbox", { name: "Objective", exact: true });
  await text.click();
  await lead.keyboard.press("ControlOrMeta+a");
  await lead.keyboard.type(
    "Nobody may find out by trying what opens an account. Trying ends after five attempts, and whoever holds a password still needs the sealed key.",
  );
  await expect(added(lead, "objective").getByText("Written", { exact: true })).toHaveCount(2);
  await expect(listed.getByRole("button", { name: /^Objective ?, has content$/ })).toBeVisible();
  await expect(added(lead, "constraints").getByText("To be written anew")).toHaveCount(1);
  await lead.getByLabel("Why criterion 6 is met").fill("Both have worked since 3 March, and nothing was missed.");
  await expect(added(lead, "criteria").getByText("Written", { exact: true })).toHaveCount(1);
  await section(lead, "definition")
    .getByRole("button", { name: /^C1 Lock by event/ })
    .click();
  const reference = section(lead, "definition").getByLabel("Requirement it is owed for elsewhere").first();
  await expect(reference).toHaveValue("1.1.6");
  await reference.fill("1.2.5");
  await expect(added(lead, "definition").getByText("Written", { exact: true })).toHaveCount(1);
  await expect(lead.locator("[data-save-status=saved]:visible").first()).toBeVisible();

  await lead.getByRole("link", { name: "Show as 3.2.1 (retired, for reading)" }).click();
  await expect(lead.getByRole("heading", { level: 1, name: /^8\.1\.6/ })).toBeVisible();
  await expect(lead.getByText("Legacy, not reportable")).toBeVisible();
  const rows = lead.locator("[data-section] h2");
  await expect(rows).toHaveText([
    /Constraints/,
    /Objective/,
    /Identified Risk/,
    /Definition/,
    /Validation/,
    /Maintenance/,
    /Criteria/,
  ]);
  await expect(section(lead, "objective")).toContainText("Trying ends after five attempts");
  await expect(section(lead, "criteria")).toContainText("Asked by 4.0.1 alone: 6. Now and in future");
  await look(lead, "a worksheet read as 3.2.1");
  await lead.getByRole("link", { name: "Show as 4.0.1" }).click();
  await expect(lead.getByText("3 of 7 things that 4.0.1 asks anew")).toBeVisible();
  await lead.getByRole("link", { name: "Open that worksheet" }).click();
  await expect(lead).toHaveURL(new RegExp(`/worksheets/${source}/review`));
});
