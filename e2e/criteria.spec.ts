import { expect, type Page } from "@playwright/test";
import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { StatementDto } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { emptySection } from "@/lib/domain/worksheet/empty";
import { ask, originOf } from "./support/api";
import { expectFineState } from "./support/axe";
import { makeEngagement, move, openWorksheet, stepUp, writeSections } from "./support/engagement";
import { needPdfText, textOfPdf } from "./support/pdf";
import { PASSWORD, pageOf } from "./support/people";
import { test } from "./support/test";

const NUMBERS = ["1", "2", "3", "5", "6"] as const;
const answerField = (page: Page, number: string) => page.getByLabel(`Why criterion ${number} is met`);
const finding = (page: Page, number: string) =>
  page.getByRole("region", { name: `What was found of criterion ${number}`, exact: true });
const saved = (page: Page) => expect(page.locator("[data-save-status=saved]:visible").first()).toBeVisible();
/** Waits until the server has an answer: the page's first "saved" may be of the save before. */
const stored = (page: Page, id: string, words: string) =>
  expect
    .poll(async () => {
      const { sections } = await ask<WorksheetDto>(page, "GET", `/worksheets/${id}`);
      return sections?.criteria?.content.items.answers.map(({ answer }) => answer);
    })
    .toContain(words);
/** Looks at the page as it stands in both widths, and leaves it wide. */
const look = async (page: Page, where: string) => {
  await expectFineState(page, where);
  await page.setViewportSize({ width: 1440, height: 900 });
};
/** What the API says to somebody who goes around the page. */
const reply = async (page: Page, method: "put" | "post", path: string, data: object) => {
  const origin = originOf(page);
  const answer = await page.request[method](`/api/v1${path}`, {
    data,
    headers: { origin, "sec-fetch-site": "same-origin" },
  });
  return {
    status: answer.status(),
    ...((await answer.json()) as { code?: string; detail?: string; blockers?: unknown }),
  };
};

test("the criteria are answered, asked about, answered anew, decided and signed over", async ({ browser }) => {
  needPdfText();
  const [lead, qsa, firm] = [
    await pageOf(browser, "priya"),
    await pageOf(browser, "samuel"),
    await pageOf(browser, "grace"),
  ];
  const engagementId = await makeEngagement(lead, "Criteria", {
    assessor: {
      admin: firm,
      people: [
        ["samuel", "qsa_lead"],
        ["ines", "qsa_assistant"],
      ],
    },
  });
  const id = await writeSections(lead, engagementId, "8.3.4");

  // Unanswered criteria stop the submission, on the page and in the API alike.
  await lead.goto(`/worksheets/${id}`);
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(lead.getByRole("dialog", { name: "Not ready to submit" })).toContainText(
    "Criterion 6 (now and in future)",
  );
  const early = await reply(lead, "post", `/worksheets/${id}/moves`, { move: "submit", reason: "" });
  expect(early).toMatchObject({ status: 409, code: "blocked" });
  expect(early.blockers).toHaveLength(5);
  await lead.getByRole("dialog").getByRole("button", { name: "Go to “Above and beyond”" }).click();
  await expect(answerField(lead, "3")).toBeFocused();
  await look(lead, "the criteria to answer");

  // The entity answers each with a reason, which saves like a section; what was typed survives a reload.
  for (const number of NUMBERS) await answerField(lead, number).fill(`The tokens show it, for criterion ${number}.`);
  await lead.keyboard.press("Control+s");
  await stored(lead, id, "The tokens show it, for criterion 6.");
  await lead.reload();
  await expect(answerField(lead, "6")).toHaveValue("The tokens show it, for criterion 6.");
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Submit", exact: true }).click();
  await expect(lead.getByText("In review", { exact: true }).first()).toBeVisible();

  // The QSA decides criterion by criterion beside the answers, and asks about one.
  await qsa.goto(`/worksheets/${id}/review`);
  const criteria = qsa.locator("section[data-section=criteria]");
  await expect(criteria).toContainText("The tokens show it, for criterion 3.");
  await expect(qsa.getByText("Criteria 0 of 5 decided")).toBeVisible();
  for (const number of ["1", "2", "5", "6"]) {
    await finding(qsa, number).getByRole("button", { name: "Met", exact: true }).click();
    await expect(finding(qsa, number)).toContainText("Samuel Whitfield");
  }
  await finding(qsa, "3").getByRole("button", { name: "Question", exact: true }).click();
  await expect(qsa.getByLabel("What you ask the entity")).toBeFocused();
  await qsa.keyboard.insertText("Which requirement does the second control come from?");
  await look(qsa, "a question on a criterion");
  await finding(qsa, "3").getByRole("button", { name: "Decide: question" }).click();
  await expect(qsa.getByText("Criteria 4 of 5 decided")).toBeVisible();
  await expect(qsa.getByRole("article", { name: /^Thread on Above and beyond, open/ })).toBeVisible();

  // Nobody signs over a question: the button waits with its reason, and the API says the same.
  await expect(qsa.getByRole("button", { name: "Sign", exact: true })).toHaveCount(0);
  const why = "Every criterion has to be met first (1 a question).";
  await expect(qsa.getByRole("region", { name: "Decision", exact: true })).toContainText(why);
  const { digest, statementVersion } = await ask<StatementDto>(qsa, "GET", `/worksheets/${id}/sign-off/statement`);
  await stepUp(qsa);
  const signing = { kind: "sign", digest, statementVersion };
  expect(await reply(qsa, "post", `/worksheets/${id}/sign-off`, signing)).toMatchObject({
    status: 409,
    code: "blocked",
    detail: why,
  });
  const laying = { kind: "sign", reason: "", passkey: false };
  expect(await reply(qsa, "post", `/worksheets/${id}/sign-off/statement`, laying)).toMatchObject({
    status: 409,
    code: "blocked",
  });
  // Nor does the entity decide, nor an assistant.
  const decision = { kind: "decision", digest, baseVersion: 1, outcome: "met", note: "" };
  expect(await reply(lead, "put", `/worksheets/${id}/criteria/beyond`, decision)).toMatchObject({ status: 403 });

  // The entity reads the question in its thread, answers anew, and submits the next revision.
  await qsa.getByRole("button", { name: "Ask for changes" }).click();
  const asked = qsa.getByRole("dialog", { name: /^Ask for changes/ });
  await asked.getByLabel("Reason").fill("See the question on criterion 3.");
  await asked.getByRole("button", { name: "Ask for changes" }).click();
  await expect(qsa.getByRole("alert").filter({ hasText: "Changes asked for by Samuel" })).toBeVisible();
  await lead.reload();
  await answerField(lead, "3").click();
  await lead.getByRole("tab", { name: /^Threads/ }).click();
  const question = lead.locator("[data-thread=open]:visible");
  await expect(question).toContainText("Which requirement does the second control come from?");
  await answerField(lead, "3").fill("The second control comes from 10.4.1 and is not owed for 8.3.4.");
  await lead.keyboard.press("Control+s");
  await saved(lead);
  await lead.getByRole("button", { name: "Submit", exact: true }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Submit", exact: true }).click();
  await expect(lead.getByText("In review", { exact: true }).first()).toBeVisible();

  // On the next revision nothing is decided yet; what was, is shown, and taken over by whoever says so.
  await qsa.goto(`/worksheets/${id}/review`);
  await expect(qsa.getByText("Criteria 0 of 5 decided")).toBeVisible();
  await expect(criteria.locator("ins", { hasText: "10.4.1" })).toBeVisible();
  await expect(finding(qsa, "3")).toContainText("On revision 1, before the answer changed");
  await expect(finding(qsa, "3").getByRole("button", { name: "As in revision 1" })).toHaveCount(0);
  for (const number of ["1", "2", "5", "6"]) {
    await finding(qsa, number).getByRole("button", { name: "As in revision 1" }).click();
    await expect(finding(qsa, number).getByRole("button", { name: "As in revision 1" })).toHaveCount(0);
  }
  await finding(qsa, "3").getByRole("button", { name: "Met", exact: true }).click();
  await expect(qsa.getByText("Criteria 5 of 5 decided")).toBeVisible();
  await qsa.getByRole("button", { name: "Sign", exact: true }).click();
  const dialog = qsa.getByRole("dialog", { name: "Sign this worksheet" });
  await expect(dialog).toContainText("5 of Appendix B, all met");
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign revision r2" }).click();
  await expect(qsa.getByText("Signed", { exact: true }).first()).toBeVisible();
  await expect(finding(qsa, "3").getByRole("button", { name: "Met", exact: true })).toHaveCount(0);

  const pdf = await lead.request.get(`/api/v1/worksheets/${id}/pdf`);
  const text = textOfPdf(await pdf.body()).replaceAll(/\s+/g, " ");
  expect(text).toContain("Criteria of Appendix B");
  expect(text).toContain("The second control comes from 10.4.1 and is not owed for 8.3.4.");
  expect(text).toMatch(/Met \(Samuel Whitfield, /);
  for (const page of [lead, qsa, firm]) await page.context().close();
});

test("two people answer at once: nothing typed is lost, and only the same criterion has to be chosen", async ({
  browser,
}) => {
  const [lead, other] = [await pageOf(browser, "priya"), await pageOf(browser, "aisha")];
  const engagementId = await makeEngagement(lead, "Criteria at once", { entity: [["aisha", "contributor"]] });
  const id = await openWorksheet(lead, engagementId, "8.3.6");
  await lead.goto(`/worksheets/${id}`);
  await expect(answerField(lead, "1")).toBeVisible();

  // Somebody whom the worksheet was not given to answers criteria all the same, and nothing else.
  await other.goto(`/worksheets/${id}`);
  await expect(other.getByText(/The criteria at its end are yours to answer/)).toBeVisible();
  await answerField(other, "2").fill("Aisha answers the second.");
  // The page reads the worksheet anew a moment after a save, and is not to see in it what Priya saves next.
  const readAnew = other.waitForResponse((reply) => reply.url().endsWith(`/api/v1/worksheets/${id}`));
  await other.keyboard.press("Control+s");
  await saved(other);
  await readAnew;
  await answerField(lead, "1").fill("Priya answers the first.");
  await lead.keyboard.press("Control+s");
  await saved(lead);
  await expect(answerField(lead, "2")).toHaveValue("Aisha answers the second.");

  await ask<WorksheetDto>(other, "GET", `/worksheets/${id}`);
  await answerField(other, "1").fill("Aisha answers the first too.");
  await other.keyboard.press("Control+s");
  const merge = other.getByRole("dialog", { name: /^Criteria of Appendix B: changed twice/ });
  await expect(merge).toContainText("Priya answers the first.");
  await merge.getByRole("radio", { name: "Both, one after the other" }).click();
  await merge.getByRole("button", { name: "Save merged" }).click();
  await stored(other, id, "Priya answers the first.\n\nAisha answers the first too.");
  const { sections } = await ask<WorksheetDto>(lead, "GET", `/worksheets/${id}`);
  expect(sections?.criteria?.content.items.answers.slice(0, 2)).toEqual([
    { id: "intent", answer: "Priya answers the first.\n\nAisha answers the first too." },
    { id: "defence", answer: "Aisha answers the second." },
  ]);
  // The API takes no answer over what somebody else saved.
  const stale = { baseVersion: 0, content: emptySection("criteria") };
  expect(await reply(lead, "put", `/worksheets/${id}/sections/criteria`, stale)).toMatchObject({
    status: 409,
    code: "stale",
  });
  for (const page of [lead, other]) await page.context().close();
});

test("an assistant proposes, the lead QSA decides as proposed, and the entity sees the decision alone", async ({
  browser,
}) => {
  const [lead, qsa, firm] = [
    await pageOf(browser, "priya"),
    await pageOf(browser, "samuel"),
    await pageOf(browser, "grace"),
  ];
  const assistant = await pageOf(browser, "ines");
  const engagementId = await makeEngagement(lead, "Proposals", {
    assessor: {
      admin: firm,
      people: [
        ["samuel", "qsa_lead"],
        ["ines", "qsa_assistant"],
      ],
    },
  });
  const id = await writeSections(lead, engagementId, "8.3.4");
  await lead.goto(`/worksheets/${id}`);
  for (const number of NUMBERS) await answerField(lead, number).fill(`Because of the tokens, ${number}.`);
  await lead.keyboard.press("Control+s");
  await stored(lead, id, "Because of the tokens, 6.");
  await move(lead, id, "submit");

  await assistant.setViewportSize({ width: 390, height: 844 });
  await assistant.goto(`/worksheets/${id}/review`);
  await finding(assistant, "5").getByRole("button", { name: "Not met", exact: true }).click();
  await assistant.getByLabel("What is missing").fill("R2 has no control.");
  await expectFineState(assistant, "a proposal on a phone");
  await finding(assistant, "5").getByRole("button", { name: "Propose: not met" }).click();
  await expect(finding(assistant, "5")).toContainText("Proposed, seen by your company alone");

  await qsa.goto(`/worksheets/${id}/review`);
  await finding(qsa, "5").getByRole("button", { name: "As proposed" }).click();
  await expect(qsa.getByText("Criteria 1 of 5 decided")).toBeVisible();
  await lead.goto(`/worksheets/${id}/review`);
  await expect(finding(lead, "5")).toContainText("R2 has no control.");
  await expect(finding(lead, "5")).not.toContainText("Proposed");
  const { criteria } = await ask<CriteriaDto>(lead, "GET", `/worksheets/${id}/criteria`);
  expect(criteria.map(({ proposal }) => proposal)).toEqual([null, null, null, null, null]);
  for (const page of [lead, qsa, firm, assistant]) await page.context().close();
});
