import { expect, type Page } from "@playwright/test";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { Problem } from "@/lib/contracts/problem";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { GATE_QUESTIONS, GATE_WORDS } from "@/lib/domain/rigour/gate-words";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
import { ask, originOf } from "./support/api";
import { makeEngagement, writeWorksheet } from "./support/engagement";
import { answer, gateOf } from "./support/gate";
import { pageOf } from "./support/people";
import { test } from "./support/test";

const ROWS = ["8.3.4", "10.3.4", "8.3.6"];

async function makeRows(page: Page, name: string, numbers: readonly string[]): Promise<string> {
  const id = await makeEngagement(page, name, {});
  await ask(page, "POST", `/engagements/${id}/dispositions`, { requirementNumbers: numbers });
  return id;
}

async function rowOf(page: Page, engagementId: string, number: string): Promise<DispositionDto | undefined> {
  const { items } = await ask<{ items: DispositionDto[] }>(page, "GET", `/engagements/${engagementId}/dispositions`);
  return items.find(({ requirementNumber }) => requirementNumber === number);
}

/** Chooses a compensating control in a row's drawer, which asks the gate. */
async function choose(page: Page, number: string) {
  await page.getByRole("button", { name: new RegExp(`^${number.replaceAll(".", "\\.")} `) }).click();
  const drawer = page.getByRole("dialog", { name: new RegExp(`^${number}`) });
  await drawer.getByRole("radio", { name: /^Compensating control/ }).click();
  await drawer.getByRole("button", { name: "Save and open the worksheet" }).click();
  await expect(gateOf(page)).toBeVisible();
  return drawer;
}

test("the gate stops at each answer with its way out, and opens a worksheet that is allowed", async ({ browser }) => {
  const page = await pageOf(browser, "priya");
  const engagementId = await makeRows(page, "Gate 2027", ROWS);
  await page.goto(`/engagements/${engagementId}`);
  const gate = gateOf(page);
  const openIt = gate.getByRole("button", { name: "Open the worksheet" });

  // Nobody gets past an unanswered question.
  const drawer = await choose(page, "8.3.4");
  await openIt.click();
  await expect(gate.getByText("Answer this question.")).toHaveCount(GATE_QUESTIONS.length);

  // Each bad answer says what to do instead.
  for (const question of GATE_QUESTIONS) await answer(gate, question, "No");
  await answer(gate, "missedActivity", "Yes");
  await expect(gate.getByText("No compensating control mends a task that was missed.")).toBeVisible();
  await expect(gate.getByRole("button", { name: "Plan the fix instead" })).toBeVisible();
  await openIt.click();
  await expect(gate).toBeVisible();
  await answer(gate, "missedActivity", "No");
  await answer(gate, "storedSad", "Yes");
  await expect(gate.getByText("cannot be compensated, encrypted or not")).toBeVisible();
  await answer(gate, "storedSad", "No");
  await answer(gate, "switchable", "Yes");
  await gate.getByLabel("Why the setting cannot be switched on").fill("It would be too expensive this year.");
  await openIt.click();
  await expect(gate.getByText("speaks of cost, time or convenience")).toBeVisible();
  await answer(gate, "switchable", "No");
  await gate.getByLabel("Why the setting cannot be switched on").fill("");

  // A law has a way of its own, which one button takes.
  await answer(gate, "legalBar", "Yes");
  await gate.getByRole("button", { name: "Choose “Legal exception” instead" }).click();
  await expect(gate).toBeHidden();
  await expect(drawer.getByRole("radio", { name: /^Legal exception/ })).toBeChecked();
  await drawer.getByLabel("Which law forbids it").fill("Banking Act, section 4.");
  await drawer.getByRole("button", { name: "Save", exact: true }).click();
  // The drawer stays, and offers the record that tells of the law.
  await expect(drawer.getByRole("alert", { name: "Legal exception" })).toBeVisible();
  await drawer.getByRole("button", { name: "Close", exact: true }).click();
  await expect(drawer).toBeHidden();
  expect(await rowOf(page, engagementId, "8.3.4")).toMatchObject({ disposition: "legal_exception", worksheet: null });

  // A gap of configuration is fixed, unless something makes that impossible.
  const gap = await choose(page, "10.3.4");
  for (const question of GATE_QUESTIONS) await answer(gate, question, "No");
  await openIt.click();
  await expect(gate.getByText("A setting that meets this requirement exists.")).toBeVisible();
  await gate.getByRole("button", { name: "Plan the fix instead" }).click();
  await expect(gap.getByRole("radio", { name: /^Fix planned/ })).toBeChecked();
  await expect(gap.getByLabel("Who fixes it")).toBeVisible();
  await gap.getByRole("radio", { name: /^Compensating control/ }).click();
  await gap.getByRole("button", { name: "Save and open the worksheet" }).click();
  for (const question of GATE_QUESTIONS) await answer(gate, question, "No");
  await gate.getByLabel("Why the setting cannot be switched on").fill(LET_THROUGH.whyNotSwitchedOn);
  await openIt.click();
  await expect(page).toHaveURL(/\/worksheets\/[0-9a-f-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("10.3.4");
});

test("the customized approach is given up before a worksheet is opened", async ({ browser }) => {
  const page = await pageOf(browser, "priya");
  const grace = await pageOf(browser, "grace");
  const id = await makeEngagement(page, "Gate and customized approach 2027", {
    assessor: { admin: grace, people: [] },
  });
  await ask(page, "POST", `/engagements/${id}/dispositions`, { requirementNumbers: ["8.3.6"] });
  const row = await rowOf(page, id, "8.3.6");
  await ask(page, "PATCH", `/dispositions/${row?.id}`, { version: row?.version, disposition: "customized_approach" });
  await page.goto(`/engagements/${id}`);
  await choose(page, "8.3.6");
  const gate = gateOf(page);
  await expect(gate.getByText("a requirement has one or the other")).toBeVisible();
  await gate.getByRole("button", { name: "Give up the customized approach" }).click();
  await expect(gate.getByText("a requirement has one or the other")).toBeHidden();
  for (const question of GATE_QUESTIONS) await answer(gate, question, "No");
  await gate.getByRole("button", { name: "Open the worksheet" }).click();
  await expect(page).toHaveURL(/\/worksheets\/[0-9a-f-]+$/);
});

test("a submission is stopped by questions that nobody answered, by the page as by the API", async ({ browser }) => {
  const page = await pageOf(browser, "priya");
  const engagementId = await makeRows(page, "Gate at the submission 2027", ["8.3.4"]);
  const id = await writeWorksheet(page, engagementId, "8.3.4");
  const unanswered = { ...LET_THROUGH, missedActivity: null, legalBar: null };
  await ask(page, "PUT", `/worksheets/${id}/eligibility`, { baseVersion: 1, answers: unanswered });

  const origin = originOf(page);
  const reply = await page.request.post(`${origin}/api/v1/worksheets/${id}/moves`, {
    headers: { Origin: origin },
    data: { move: "submit", reason: "" },
  });
  expect(reply.status()).toBe(409);
  const { blockers = [] } = (await reply.json()) as Problem;
  expect(blockers.map(({ question }) => question)).toEqual(["missedActivity", "legalBar"]);

  await page.goto(`/worksheets/${id}`);
  await page.getByRole("button", { name: "Submit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Not ready to submit" });
  for (const { message } of blockers) await expect(dialog.getByText(message)).toBeVisible();
  await dialog.getByRole("button", { name: "Go to “Checks”" }).first().click();
  const gate = page.getByRole("region", { name: "Is a worksheet allowed here?" });
  await expect(gate).toBeVisible();
  await expect(gate.getByText(`Not answered yet: ${GATE_WORDS.legalBar.ask}`)).toBeVisible();

  // Somebody answers one of them meanwhile: their answer is taken over, and mine is not lost.
  await answer(gate, "legalBar", "No");
  await ask(page, "PUT", `/worksheets/${id}/eligibility`, {
    baseVersion: 2,
    answers: { ...unanswered, missedActivity: false },
  });
  await gate.getByRole("button", { name: "Save the answers" }).click();
  await expect(gate.getByText("Somebody else answered meanwhile")).toBeVisible();
  await gate.getByRole("button", { name: "Save the answers" }).click();
  await expect(gate.getByRole("button", { name: "Save the answers" })).toBeHidden();
  const { rigour } = await ask<WorksheetDto>(page, "GET", `/worksheets/${id}`);
  expect(rigour?.facts.eligibility).toEqual(LET_THROUGH);

  await page.getByRole("button", { name: "Submit", exact: true }).click();
  const ready = page.getByRole("dialog", { name: "Submit for review" });
  await ready.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText("In review").first()).toBeVisible();
});
