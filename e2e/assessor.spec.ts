import { expect, type Page } from "@playwright/test";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { ask } from "./support/api";
import { expectAccessible } from "./support/axe";
import { meetCriteria } from "./support/criteria";
import { makeEngagement, move, writeWorksheet } from "./support/engagement";
import { needPdfText, textOfPdf } from "./support/pdf";
import { PASSWORD, pageOf } from "./support/people";
import { test } from "./support/test";

/** Chooses an option of a field. */
async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
}

test("an assessor company's admin accepts and staffs an engagement, and reads nothing of its work", async ({
  browser,
}) => {
  const lead = await pageOf(browser, "priya");
  const id = await makeEngagement(lead, "Asked of Harrow", {});
  await lead.goto(`/engagements/${id}/people`);
  await lead.getByRole("button", { name: "Invite an assessor company" }).click();
  await choose(lead, "Assessor company", /Harrow/);
  await lead.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(lead.getByText(/is invited\. Its admin accepts/)).toBeVisible();
  // Another one can be named until it accepts.
  const again = lead.getByRole("button", { name: "Invite another one, or make a new link" });
  await expect(again).toBeFocused();
  await again.click();
  await expect(lead.getByRole("combobox", { name: "Assessor company" })).toBeVisible();
  await expectAccessible(lead, "the people with an assessor company that was asked");
  const admin = await pageOf(browser, "grace");
  await admin.goto("/engagements");
  const card = admin.getByRole("article").filter({ hasText: "Asked of Harrow" });
  await expect(card.getByText("Waits for your answer")).toBeVisible();
  await card.getByRole("link", { name: "Accept it and name your QSAs" }).click();
  await admin.getByRole("button", { name: "Accept the engagement" }).click();
  await choose(admin, "Person", /Samuel Whitfield/);
  await choose(admin, "Role", "QSA lead");
  await admin.getByRole("button", { name: "Add" }).click();
  // Roles are given after showing again who one is.
  const proof = admin.getByRole("dialog", { name: "Show again that it is you" });
  await proof.getByLabel("Your password").fill(PASSWORD);
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(admin.getByRole("row", { name: /Samuel Whitfield.*QSA lead/ })).toBeVisible();
  await expect(admin.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Trail" })).toHaveCount(0);
  await admin.goto(`/engagements/${id}/review`);
  await expect(admin.getByRole("heading", { name: "Not open to you" })).toBeVisible();

  const qsa = await pageOf(browser, "samuel");
  await qsa.goto(`/engagements/${id}/review`);
  await expect(qsa.getByRole("heading", { level: 1, name: "Desk" })).toBeVisible();
});

test("private notes stay with the company, and an assistant is told whose the decision is", async ({ browser }) => {
  needPdfText();
  const lead = await pageOf(browser, "priya");
  const admin = await pageOf(browser, "grace");
  const assistant = await pageOf(browser, "ines");
  const id = await makeEngagement(lead, "Notes", { assessor: { admin, people: [["ines", "qsa_assistant"]] } });
  const worksheet = await writeWorksheet(lead, id, "8.3.4");
  await move(lead, worksheet, "submit");

  await assistant.goto(`/worksheets/${worksheet}/review`);
  const bar = assistant.getByRole("region", { name: "Decision" });
  await expect(bar).toContainText("Only the QSA lead may do this.");
  await expect(bar.getByRole("button", { name: "Sign" })).toHaveCount(0);
  const objective = assistant.getByRole("region", { name: "3. Objective" });
  const comment = async (text: string, reader: "Both companies" | "Only your company") => {
    await objective.getByRole("button", { name: "Comment", exact: true }).click();
    const field = assistant.getByRole("textbox", { name: "Comment on Objective" });
    await expect(field).toBeFocused();
    await field.fill(text);
    await assistant.getByRole("radio", { name: reader }).check();
    await field.press("Control+Enter");
    await expect(field).toBeHidden();
  };
  await comment("Please name the tool.", "Both companies");
  await comment("I doubt the sample.", "Only your company");
  await expect(objective.getByRole("article", { name: /^Private thread on Objective/ })).toContainText(
    "only your company",
  );
  await expect(bar.getByRole("button", { name: "2 open threads" })).toBeVisible();
  await assistant.keyboard.press("n");
  await expect(assistant.getByText("Open thread 1 of 2")).toBeVisible();

  await lead.goto(`/worksheets/${worksheet}/review`);
  await expect(lead.getByText("Please name the tool.")).toBeVisible();
  await expect(lead.getByText("I doubt the sample.")).toHaveCount(0);
  await expect(lead.getByRole("button", { name: "1 open thread" })).toBeVisible();
  const events = await ask<{ items: { detail: unknown }[] }>(lead, "GET", `/engagements/${id}/events?limit=100`);
  expect(JSON.stringify(events)).not.toContain('"private"');
  const pdf = textOfPdf(await (await assistant.request.get(`/api/v1/worksheets/${worksheet}/pdf`)).body());
  expect(pdf).toContain("Please name the tool.");
  expect(pdf).not.toContain("I doubt the sample.");
});

test("a comment that was begun is still there after another was begun elsewhere", async ({ browser }) => {
  const lead = await pageOf(browser, "priya");
  const id = await makeEngagement(lead, "Begun comments", {});
  const worksheet = await writeWorksheet(lead, id, "8.3.4");
  await lead.goto(`/worksheets/${worksheet}/review`);
  const button = (section: string) =>
    lead.getByRole("region", { name: section }).getByRole("button", { name: "Comment", exact: true });
  await button("3. Objective").click();
  await lead.getByRole("textbox", { name: "Comment on Objective" }).fill("Half a thought");
  await button("6. Maintenance").click();
  await expect(lead.getByRole("textbox", { name: "Comment on Maintenance" })).toBeFocused();
  await lead.keyboard.press("Escape");
  await expect(button("6. Maintenance")).toBeFocused();
  await button("3. Objective").click();
  await expect(lead.getByRole("textbox", { name: "Comment on Objective" })).toHaveValue("Half a thought");
});

test("in a self-assessment the ISA signs, and the lead who wrote it cannot", async ({ browser }) => {
  const lead = await pageOf(browser, "tomasz");
  const id = await makeEngagement(lead, "Self-assessment", { entity: [["eleni", "isa"]] });
  const worksheet = await writeWorksheet(lead, id, "8.3.4");
  await move(lead, worksheet, "submit");
  await lead.goto(`/worksheets/${worksheet}/review`);
  await expect(lead.getByRole("button", { name: "Withdraw" })).toBeVisible();
  await expect(lead.getByRole("button", { name: "Sign", exact: true })).toHaveCount(0);

  const isa = await pageOf(browser, "eleni");
  await meetCriteria(isa, worksheet);
  await isa.goto(`/engagements/${id}/review`);
  await isa.getByRole("link", { name: /^8\.3\.4/ }).click();
  await isa.getByRole("button", { name: "Sign", exact: true }).click();
  const signing = isa.getByRole("dialog", { name: "Sign this worksheet" });
  await expect(signing).toContainText("For Meridian Pay I have read revision 1");
  await signing.getByLabel("Your password").fill("quiet-harbour-lane");
  await signing.getByRole("button", { name: "Sign revision r1" }).click();
  await expect(isa.getByText("Signed by Eleni Papadaki")).toBeVisible();
  await expect(isa.getByText(/^Internal Security Assessor, Meridian Pay/)).toBeVisible();
  const { validity } = await ask<WorksheetDto>(lead, "GET", `/worksheets/${worksheet}`);
  expect(validity?.status).toBe("valid");
});

test("the worksheet is copied for the ROC as a table, and the reader is told whether it is signed", async ({
  browser,
}) => {
  const lead = await pageOf(browser, "priya");
  await lead.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await makeEngagement(lead, "Copied", {});
  const worksheet = await writeWorksheet(lead, id, "8.3.4");
  await lead.goto(`/worksheets/${worksheet}/review`);
  await lead.getByRole("button", { name: "Export" }).click();
  await lead.getByRole("menuitem", { name: "Copy for the ROC" }).click();
  await expect(lead.getByText("Copied for the ROC: revision r1, not signed")).toBeVisible();
  const html = await lead.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item?.getType("text/html"))?.text() ?? "";
  });
  const rows = await lead.evaluate((copied) => {
    const page = new DOMParser().parseFromString(copied, "text/html");
    return [...page.querySelectorAll("tr > th:first-child")].map((cell) => cell.textContent);
  }, html);
  expect(rows.slice(2)).toEqual([
    "1. Constraints",
    "2. Definition of Compensating Controls",
    "3. Objective",
    "4. Identified Risk",
    "5. Validation of Compensating Controls",
    "6. Maintenance",
  ]);
});
