import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { meetCriteria } from "./support/criteria";
import { makeEngagement, move, stepUp, write, writeWorksheet } from "./support/engagement";
import { needPdfText, textOfPdf } from "./support/pdf";
import { PASSWORD, pageOf } from "./support/people";
import { test } from "./support/test";

let lead: Page;
let qsa: Page;
let engagementId = "";

test.beforeAll(async ({ browser }) => {
  lead = await pageOf(browser, "priya");
  qsa = await pageOf(browser, "samuel");
  const admin = await pageOf(browser, "grace");
  engagementId = await makeEngagement(lead, "Decisions", { assessor: { admin, people: [["samuel", "qsa_lead"]] } });
  await admin.context().close();
});
test.afterAll(async () => {
  for (const page of [lead, qsa]) await page?.context().close();
});

const focused = (page: Page) => page.locator(":focus");
/**
 * A key that comes before the page listens to keys is lost, as on every page: people press it again. One that is heard is
 * waited for as long as a busy machine may take, since a second would be heard as well.
 */
const pressUntil = async (page: Page, key: string, seen: (patience: { timeout: number }) => Promise<void>) => {
  await page.waitForLoadState("networkidle");
  await expect(async () => {
    await page.keyboard.press(key);
    await seen({ timeout: 10_000 });
  }).toPass();
};
const printed = async (page: Page, id: string, revision: number) => {
  const reply = await page.request.get(`/api/v1/worksheets/${id}/pdf?revision=${revision}`);
  return textOfPdf(await reply.body()).replaceAll(/\s+/g, " ");
};

test("a worksheet is refused, reopened, signed and revoked, by keyboard and with a reason each time", async () => {
  needPdfText();
  const id = await writeWorksheet(lead, engagementId, "8.3.4");
  await move(lead, id, "submit");
  await qsa.goto(`/worksheets/${id}/review`);
  await expect(qsa.getByText("The first text; there is nothing earlier")).toBeVisible();

  // Refuse: without a reason nothing happens, and a wrong password loses nothing.
  const refusal = qsa.getByRole("dialog", { name: /^Refuse: 8\.3\.4/ });
  await pressUntil(qsa, "r", (patience) => expect(refusal).toBeVisible(patience));
  await refusal.getByLabel("Your password").fill("not the password");
  await refusal.getByRole("button", { name: "Refuse" }).click();
  await expect(refusal.getByText("Please say why.")).toBeVisible();
  await refusal.getByLabel("Reason").fill("Capacity is no constraint.");
  await refusal.getByRole("button", { name: "Refuse" }).click();
  await expect(refusal.getByText(/^That is not right/)).toBeVisible();
  await expect(refusal.getByLabel("Reason")).toHaveValue("Capacity is no constraint.");
  await refusal.getByLabel("Your password").fill(PASSWORD);
  await refusal.getByRole("button", { name: "Refuse" }).click();
  const decisions = qsa.getByRole("region", { name: "Sign-off" }).getByRole("article");
  await expect(decisions.first()).toContainText("Refused by Samuel Whitfield");
  await expect(decisions.first()).toContainText("Capacity is no constraint.");
  await expect(focused(qsa)).toContainText("Refused by Samuel Whitfield");

  // The entity takes it up again; the difference is marked, and J leads to it.
  await stepUp(lead);
  await move(lead, id, "reopen");
  await write(lead, id, "constraints", "The product has no such setting.");
  await move(lead, id, "submit");
  await meetCriteria(qsa, id);
  await qsa.reload();
  await expect(qsa.getByText(/^\d+ changes?$/)).toBeVisible();
  await pressUntil(qsa, "j", (patience) =>
    expect(focused(qsa)).toHaveAttribute("data-change", /added|removed/, patience),
  );
  await expect(qsa.getByText(/^Change 1 of \d+$/)).toBeVisible();
  await qsa.keyboard.press("d");
  await expect(qsa.locator("[data-change]")).toHaveCount(0);

  // Sign: the dialog says what is signed, and a wrong password signs nothing.
  await qsa.keyboard.press("s");
  const signing = qsa.getByRole("dialog", { name: "Sign this worksheet" });
  await expect(signing).toContainText("r2, the one on this page");
  await expect(signing).toContainText(/[0-9a-f]{64}/);
  await expect(signing).toContainText("For Harrow Assurance I have read revision 2");
  await signing.getByLabel("Your password").fill("not the password");
  await qsa.keyboard.press("Enter");
  await expect(signing.getByText(/Nothing was signed\./)).toBeVisible();
  await signing.getByLabel("Your password").fill(PASSWORD);
  await qsa.keyboard.press("Enter");
  await expect(signing).toBeHidden();
  await expect(decisions.first()).toContainText("Signed by Samuel Whitfield");
  await expect(decisions.first()).toContainText("Valid");
  await expectAccessible(qsa, "a signed worksheet");

  // Revoke: what was signed stays on record.
  await qsa.getByRole("button", { name: "Revoke signature" }).click();
  const revocation = qsa.getByRole("dialog", { name: /^Revoke signature/ });
  await revocation.getByLabel("Reason").fill("The test was run outside the scope.");
  await revocation.getByLabel("Your password").fill(PASSWORD);
  await revocation.getByRole("button", { name: "Revoke signature" }).click();
  await expect(decisions.first()).toContainText("Signature revoked by Samuel Whitfield");
  await expect(decisions).toHaveCount(3);

  // Each revision's PDF says where that very revision stands.
  const first = await printed(qsa, id, 1);
  expect(first).toContain("Revision 1; revision 2 has taken its place");
  expect(first).toMatch(/Status Refused on \d+ \w+ \d{4} /);
  expect(first).toContain("Superseded by revision 2");
  expect(await printed(qsa, id, 2)).toMatch(/Status Signature revoked on \d+ \w+ \d{4} /);
});

test("a decision on a text that another has replaced is refused, with the way on and the reason kept", async () => {
  const id = await writeWorksheet(lead, engagementId, "8.3.6");
  await move(lead, id, "submit");
  await qsa.goto(`/worksheets/${id}/review`);
  await qsa.getByRole("button", { name: "Ask for changes" }).click();
  const asked = qsa.getByRole("dialog", { name: /^Ask for changes/ });
  await asked.getByLabel("Reason").fill("Name the tool.");

  await move(lead, id, "withdraw", "One more look.");
  await stepUp(lead);
  await move(lead, id, "reopen");
  await write(lead, id, "objective", "Another objective.");
  await move(lead, id, "submit");

  await asked.getByRole("button", { name: "Ask for changes" }).click();
  await expect(asked.getByRole("alert")).toContainText("not the one that you read");
  await asked.getByRole("button", { name: "Load it again" }).click();
  await expect(qsa.getByText("Another objective.")).toBeVisible();
  await qsa.getByRole("button", { name: "Ask for changes" }).click();
  await expect(asked.getByLabel("Reason")).toHaveValue("Name the tool.");
  await asked.getByRole("button", { name: "Ask for changes" }).click();
  await expect(qsa.getByRole("alert").filter({ hasText: "Name the tool." })).toBeVisible();

  // The same for a signature.
  await write(lead, id, "objective", "A third objective.");
  await move(lead, id, "submit");
  await meetCriteria(qsa, id);
  await qsa.reload();
  await qsa.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(qsa.getByRole("dialog", { name: "Sign this worksheet" })).toBeVisible();
  await qsa.keyboard.press("Escape");
  await expect(focused(qsa)).toHaveText("Sign");
  await move(lead, id, "withdraw", "It is met after all.");
  await qsa.getByRole("button", { name: "Sign", exact: true }).click();
  const signing = qsa.getByRole("dialog", { name: "Sign this worksheet" });
  await expect(signing.getByRole("alert")).toContainText("Nothing was signed");
  await signing.getByRole("button", { name: "Load it again" }).click();
  await expect(qsa.getByText("The entity withdrew it.")).toBeVisible();
});
