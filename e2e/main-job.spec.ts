import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { ask } from "./support/api";
import { completeWorksheet, stepUp } from "./support/engagement";
import { passGate } from "./support/gate";
import { needPdfText, textOfPdf } from "./support/pdf";
import { PASSWORD, pageOf } from "./support/people";
import { test } from "./support/test";

const TEXTS = {
  Constraints:
    "Technical: the payment switch has no setting that locks an account. Łódź, Ελλάδα and Київ → “one build”.",
  "Definition of Compensating Controls": "A watcher counts failed sign-ins and disables the account at the fifth.",
  Objective: "Nobody finds a login factor by trying online.",
  "Identified Risk": "An outsider guesses the password of a known account.",
  "Validation of Compensating Controls": "Internal audit tried six wrong passwords on 14 September 2026.",
  Maintenance: "The head of platform repeats the test each quarter.",
} as const;

/** Types into a section's text and waits until it is stored. */
async function write(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: label, exact: true });
  await field.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(text);
  await page.keyboard.press("Control+s");
  await expect(page.locator("[data-save-status=saved]").first()).toBeVisible();
}

test("the main job, from scope to a signed worksheet's PDF", async ({ browser }) => {
  needPdfText();
  const lead = await pageOf(browser, "priya");

  // An engagement with an assessor company.
  await lead.goto("/engagements/new");
  await lead.getByLabel("Name").fill("Main job 2026");
  const days = [
    ["Period from", "2026-01-01"],
    ["Period to", "2026-12-31"],
    ["Report due", "2027-03-31"],
  ] as const;
  for (const [label, day] of days) {
    await lead.getByLabel(label).fill(day);
    await lead.keyboard.press("Tab");
  }
  await lead.getByRole("button", { name: "Create and answer the scope" }).click();
  await expect(lead).toHaveURL(/\/engagements\/[0-9a-f-]+\/scope/);
  const engagementId = /engagements\/([0-9a-f-]+)/.exec(lead.url())?.[1] ?? "";
  const { items: firms } = await ask<{ items: { id: string }[] }>(lead, "GET", "/organisation/assessors");
  await ask(lead, "POST", `/engagements/${engagementId}/assessor`, { organisationId: firms[0]?.id });
  const firm = await pageOf(browser, "grace");
  await ask(firm, "POST", `/engagements/${engagementId}/assessor/accept`);
  const { items: staff } = await ask<{ items: { id: string; email: string }[] }>(
    firm,
    "GET",
    `/engagements/${engagementId}/candidates`,
  );
  const samuel = staff.find(({ email }) => email.startsWith("samuel."));
  await stepUp(firm);
  await ask(firm, "POST", `/engagements/${engagementId}/members`, { userId: samuel?.id, role: "qsa_lead" });

  // Scope: one key option and one answer; the rest is left for later.
  await lead.getByRole("checkbox", { name: /workstation/i }).click();
  await expect(lead.getByText(/^Saved\./)).toBeVisible();
  await lead.goto(`/engagements/${engagementId}/scope/result`);
  await expect(lead.getByRole("link", { name: "3.7.6", exact: true }).first()).toBeVisible();

  // Dispositions: one requirement is met, one is compensated.
  await lead.goto(`/engagements/${engagementId}`);
  await lead.getByRole("button", { name: /^8\.2\.8/ }).click();
  await lead.getByRole("radio", { name: /^Met/ }).click();
  await lead.getByLabel("How it is met").fill("Workstations lock after ten minutes, standard NS-4.");
  await lead.getByRole("button", { name: "Save", exact: true }).click();
  await expect(lead.getByRole("dialog")).toBeHidden();
  await lead.getByRole("button", { name: /^8\.3\.4/ }).click();
  await lead.getByRole("radio", { name: /^Compensating control/ }).click();
  await lead.getByRole("button", { name: "Save and open the worksheet" }).click();
  await passGate(lead);
  await expect(lead).toHaveURL(/\/worksheets\/[0-9a-f-]+$/);
  const worksheet = lead.url();
  const worksheetId = worksheet.split("/").at(-1) ?? "";

  // The worksheet: six sections, a control, evidence; an empty one stops the submission.
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(lead.getByRole("dialog", { name: "Not ready to submit" })).toContainText("Maintenance");
  await lead.getByRole("button", { name: "Close", exact: true }).last().click();
  for (const [label, text] of Object.entries(TEXTS)) await write(lead, label, text);
  await lead.getByRole("button", { name: "Add control" }).click();
  await lead.getByLabel("Title").last().fill("Lock by event");
  await lead.getByLabel("Why it goes above and beyond").last().fill("Five tries instead of ten.");
  await lead.keyboard.press("Control+s");
  await expect(lead.locator("[data-save-status=saved]").first()).toBeVisible();
  // The rules ask for more, and each finding leads to its place.
  await lead.getByRole("tab", { name: /^Checks \d+$/ }).click();
  const findings = lead.getByRole("list", { name: "Findings" });
  await findings
    .getByRole("listitem")
    .filter({ hasText: "No risk is listed" })
    .getByRole("button", { name: /Go to its place/ })
    .click();
  await expect(lead.getByRole("heading", { name: /Identified Risk/ })).toBeFocused();
  await completeWorksheet(lead, worksheetId);
  await lead.reload();
  await expect(lead.getByRole("textbox", { name: "Maintenance", exact: true })).toContainText("each quarter");
  // The criteria, which stop the submission by name while they are not answered.
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Go to “Intent and strictness”" }).click();
  await expect(lead.getByLabel("Why criterion 1 is met")).toBeFocused();
  for (const number of ["1", "2", "3", "5", "6"]) {
    await lead.getByLabel(`Why criterion ${number} is met`).fill(`Lock by event shows it, for criterion ${number}.`);
  }
  await lead.keyboard.press("Control+s");
  await expect(lead.locator("[data-save-status=saved]").first()).toBeVisible();
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Submit", exact: true }).click();
  await expect(lead.getByText("In review", { exact: true }).first()).toBeVisible();

  // The QSA comments and asks for changes.
  const qsa = await pageOf(browser, "samuel");
  await qsa.goto(`/worksheets/${worksheetId}/review`);
  const objective = qsa.locator("section[data-section=objective]");
  await expect(objective).toContainText("by trying online");
  await objective
    .getByRole("button", { name: /^Comment/ })
    .first()
    .click();
  const comment = qsa.getByRole("textbox", { name: "Comment on Objective" });
  await comment.fill("Please tie this to the customized approach objective.");
  await comment.press("Control+Enter");
  await expect(comment).toBeHidden();
  await expect(qsa.getByText("Please tie this to the customized approach objective.").first()).toBeVisible();
  await qsa.getByRole("button", { name: "Ask for changes" }).click();
  const asked = qsa.getByRole("dialog");
  await asked.getByLabel("Reason").fill("The objective has to name what 8.3.4 is for.");
  await asked.getByRole("button", { name: "Ask for changes" }).click();
  await expect(qsa.getByRole("alert").filter({ hasText: "Changes asked for by Samuel" })).toBeVisible();

  // The lead changes the text and submits again; nobody of the entity can sign.
  await lead.reload();
  await write(lead, "Objective", " It equals the customized approach objective of 8.3.4.");
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Submit", exact: true }).click();
  await expect(lead.getByText("In review", { exact: true }).first()).toBeVisible();
  await expect(lead.getByRole("button", { name: "Sign", exact: true })).toHaveCount(0);

  // The QSA sees the difference and signs with the password.
  await qsa.reload();
  await expect(qsa.locator("section[data-section=objective] ins")).toContainText(
    "customized approach objective of 8.3.4",
  );
  await expect(qsa.getByRole("button", { name: "Sign", exact: true })).toHaveCount(0);
  for (const number of ["1", "2", "3", "5", "6"]) {
    const criterion = qsa.getByRole("region", { name: `What was found of criterion ${number}`, exact: true });
    await criterion.getByRole("button", { name: "Met", exact: true }).click();
    await expect(criterion.getByText(/^Samuel Whitfield/)).toBeVisible();
  }
  await expect(qsa.getByText("Criteria 5 of 5 decided")).toBeVisible();
  await qsa.getByRole("button", { name: "Sign", exact: true }).click();
  const dialog = qsa.getByRole("dialog", { name: "Sign this worksheet" });
  await dialog.getByLabel("Your password").fill("not the password");
  await dialog.getByRole("button", { name: "Sign revision r2" }).click();
  await expect(dialog.getByText(/Nothing was signed\./)).toBeVisible();
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign revision r2" }).click();
  await expect(dialog).toBeHidden();
  await expect(qsa.getByText("Signed", { exact: true }).first()).toBeVisible();

  // The PDF says what was signed.
  await lead.goto(worksheet);
  const download = lead.waitForEvent("download");
  const pdf = lead.getByRole("menuitem", { name: "PDF, A4" });
  // A press on a page whose scripts are not there yet is nobody's.
  await expect(async () => {
    await lead.getByRole("button", { name: "Export" }).click();
    await expect(pdf).toBeVisible();
  }).toPass();
  await pdf.click();
  const bytes = readFileSync(await (await download).path());
  const text = textOfPdf(bytes).replaceAll(/\s+/g, " ");
  const headings = Object.keys(TEXTS).map((label) => text.indexOf(label));
  expect(headings.every((at) => at >= 0)).toBe(true);
  expect(headings).toEqual([...headings].sort((a, b) => a - b));
  expect(text).toContain("Łódź, Ελλάδα and Київ → “one build”");
  expect(text).toContain("8.3.4");
  expect(text).toContain("Lock by event");
  expect(text).toContain("What shows the definition");
  expect(text).toContain("Lock by event shows it, for criterion 6.");
  expect(text).toContain("Harrow Assurance");
  expect(text).not.toContain("DRAFT");
});
