import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";
import { filledRecord } from "@/test/fixtures/record-parts";
import { ask } from "./support/api";
import { expectFineState } from "./support/axe";
import { makeEngagement } from "./support/engagement";
import { needPdfText, textOfPdf } from "./support/pdf";
import { PASSWORD, pageOf } from "./support/people";
import { test } from "./support/test";

const today = () => new Date().toISOString().slice(0, 10);
const saved = (page: Page) => expect(page.locator("[data-save-status=saved]:visible").first()).toBeVisible();
const looks = async (page: Page, where: string) => {
  await expectFineState(page, where);
  await page.setViewportSize({ width: 1440, height: 900 });
};

/** Writes every part of a record as its guidance shows it well done. */
async function complete(lead: Page, id: string, kind: RecordKind): Promise<void> {
  const { sections } = await ask<WorksheetDto>(lead, "GET", `/worksheets/${id}`);
  for (const [key, content] of Object.entries(filledRecord(kind, today())) as [PartKey, SectionContent][]) {
    const baseVersion = sections?.[key]?.version ?? 0;
    await ask(lead, "PUT", `/worksheets/${id}/sections/${key}`, { baseVersion, content });
  }
}

async function addRow(lead: Page, engagementId: string, number: string): Promise<void> {
  await ask(lead, "POST", `/engagements/${engagementId}/dispositions`, { requirementNumbers: [number] });
  await lead.goto(`/engagements/${engagementId}`);
  await lead.getByRole("button", { name: new RegExp(`^${number.replaceAll(".", "\\.")} `) }).click();
}

async function submit(lead: Page): Promise<void> {
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Submit", exact: true }).click();
  await expect(lead.getByText("In review", { exact: true }).first()).toBeVisible();
}

/** Signs what the review page shows. @returns the words of the statement */
async function sign(qsa: Page): Promise<string> {
  await qsa.getByRole("region", { name: "Decision", exact: true }).getByRole("button", { name: "Sign" }).click();
  const dialog = qsa.getByRole("dialog", { name: "Sign this record" });
  await expect(dialog.getByText(/^For .* I have read revision/)).toBeVisible();
  const words = (await dialog.getByText(/^For .* I have read revision/).textContent()) ?? "";
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign revision r1" }).click();
  await expect(dialog).toBeHidden();
  await expect(qsa.getByRole("region", { name: "Sign-off" })).toContainText("Signed by Samuel Whitfield");
  return words;
}

async function pdfOf(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "PDF, A4" }).click();
  return textOfPdf(readFileSync(await (await download).path())).replace(/\s+/g, " ");
}

test("a customized approach is chosen, written, stopped by what is missing, reviewed, signed and printed", async ({
  browser,
}) => {
  needPdfText();
  const [lead, qsa, firm] = [
    await pageOf(browser, "priya"),
    await pageOf(browser, "samuel"),
    await pageOf(browser, "grace"),
  ];
  const engagementId = await makeEngagement(lead, "Records", {
    assessor: { admin: firm, people: [["samuel", "qsa_lead"]] },
  });

  // The choice is saved first; then the drawer offers the record that shows it.
  await addRow(lead, engagementId, "8.3.4");
  await lead.getByRole("radio", { name: /^Customized approach/ }).click();
  await lead.getByRole("button", { name: "Save", exact: true }).click();
  await looks(lead, "the drawer that offers a record");
  await lead.getByRole("button", { name: "Open the customized approach record" }).click();
  await expect(lead).toHaveURL(/\/worksheets\/[0-9a-f-]+$/);
  const id = lead.url().split("/").at(-1) ?? "";

  // What is missing stops the submission, by name, and the checks lead to it.
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  const stopped = lead.getByRole("dialog", { name: "Not ready to submit" });
  await expect(stopped).toContainText("Add at least one control.");
  await expect(stopped).toContainText("“Approved by” is missing.");
  await stopped.getByRole("button", { name: "Close", exact: true }).last().click();
  await lead.getByRole("tab", { name: /^Checks \(\d+\)$/ }).click();
  await lead.getByRole("button", { name: "Approval and review" }).last().click();
  await expect(lead.getByRole("heading", { name: /Approval and review/ })).toBeFocused();
  await lead.getByRole("button", { name: "Add control" }).click();
  await lead.getByLabel("Name", { exact: true }).fill("Session broker");
  const objective = lead.getByRole("textbox", { name: "Controls matrix: meeting the objective", exact: true });
  await objective.click();
  await lead.keyboard.insertText("C1 opens a way for an approved session alone.");
  await lead.keyboard.press("Control+s");
  await saved(lead);
  await looks(lead, "a customized approach that is being written");
  await lead.reload();
  await expect(objective).toContainText("C1 opens a way for an approved session alone.");

  await complete(lead, id, "customized_approach");
  const link = { section: "matrixTesting", itemId: null, title: "Protocol of the tests", shows: "All 18 tries." };
  const days = { collectedOn: today(), validUntil: null };
  await ask(lead, "POST", `/worksheets/${id}/evidence`, { ...link, ...days, url: "https://example.com/tests" });
  await lead.reload();
  await submit(lead);

  // The QSA reviews it as the paper of its kind: no gate, no criteria, no copy for Appendix C.
  await qsa.goto(`/worksheets/${id}/review`);
  await expect(qsa.getByText("Customized approach · PCI DSS 4.0.1")).toBeVisible();
  await expect(qsa.getByText("Session broker with recorded, approved sessions")).toBeVisible();
  await expect(qsa.locator("section[data-section=criteria]")).toHaveCount(0);
  await expect(qsa.getByRole("link", { name: "Rigour report" })).toHaveCount(0);
  await looks(qsa, "the review of a customized approach");
  const words = await sign(qsa);
  expect(words).toContain("customized approach record");
  expect(words).toContain("This is no signature over a compensating control.");
  const pdf = await pdfOf(qsa);
  expect(pdf).toContain("Customized Approach: Controls Matrix and Targeted Risk Analysis");
  expect(pdf).toContain("Rosalind Achterberg");
  expect(pdf).not.toContain("Compensating Controls Worksheet");
  expect(pdf).not.toContain("DRAFT");

  // The workbook shows it apart, and lets nothing take its place.
  await lead.goto(`/engagements/${engagementId}`);
  await expect(lead.getByRole("link", { name: /^Record: Signed/ })).toBeVisible();
  await lead.getByRole("button", { name: /^8\.3\.4 / }).click();
  await expect(lead.getByRole("radio", { name: /^Met/ })).toBeDisabled();
});

test("a legal exception and a targeted risk analysis go the same way, shorter", async ({ browser }) => {
  needPdfText();
  const [lead, qsa, firm] = [
    await pageOf(browser, "priya"),
    await pageOf(browser, "samuel"),
    await pageOf(browser, "grace"),
  ];
  const engagementId = await makeEngagement(lead, "Shorter records", {
    assessor: { admin: firm, people: [["samuel", "qsa_lead"]] },
  });

  // A legal exception, shorter: reported as not in place whatever is signed.
  await addRow(lead, engagementId, "9.2.1.1");
  await lead.getByRole("radio", { name: /^Legal exception/ }).click();
  await lead.getByLabel("Which law forbids it").fill("Workplace Privacy Act, section 12.");
  await lead.getByRole("button", { name: "Save", exact: true }).click();
  await lead.getByRole("button", { name: "Open the legal exception record" }).click();
  await expect(lead).toHaveURL(/\/worksheets\/[0-9a-f-]+$/);
  const legal = lead.url().split("/").at(-1) ?? "";
  await complete(lead, legal, "legal_exception");
  await lead.reload();
  await submit(lead);
  await qsa.goto(`/worksheets/${legal}/review`);
  expect(await sign(qsa)).toContain("reported as not in place");

  // A targeted risk analysis stands beside whatever is chosen, where the requirement lets one set a frequency.
  await addRow(lead, engagementId, "10.4.2.1");
  await lead.getByRole("button", { name: "Open the targeted risk analysis" }).click();
  await expect(lead).toHaveURL(/\/worksheets\/[0-9a-f-]+$/);
  const analysis = lead.url().split("/").at(-1) ?? "";
  await complete(lead, analysis, "risk_analysis");
  await lead.reload();
  await expect(lead.getByText(/^Next review by \d/)).toBeVisible();
  await submit(lead);
  await qsa.goto(`/worksheets/${analysis}/review`);
  await sign(qsa);
  expect(await pdfOf(qsa)).toContain("requirement 12.3.1");
});
