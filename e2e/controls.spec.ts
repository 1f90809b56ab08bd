import { expect, type Page } from "@playwright/test";
import type { ControlDetailDto, RegisterDto } from "@/lib/contracts/controls";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { ask } from "./support/api";
import { expectFineState } from "./support/axe";
import { makeEngagement, move, openWorksheet, write, writeWorksheet } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

const card = (page: Page, name: RegExp) => page.locator("[data-item]").filter({ hasText: name });
/** Opens a control's card and looks into it. */
const open = async (page: Page, name: RegExp) => {
  const found = card(page, name).first();
  await found.getByRole("button", { expanded: false }).first().click();
  return found;
};
const controlsOf = async (page: Page, id: string) =>
  (await ask<WorksheetDto>(page, "GET", `/worksheets/${id}`)).sections?.definition?.content.items.controls ?? [];
const look = async (page: Page, where: string) => {
  await expectFineState(page, where);
  await page.setViewportSize({ width: 1440, height: 900 });
};

test("a control is shared, used elsewhere, and changed once for both; what is in review keeps what it says", async ({
  browser,
}) => {
  const lead = await pageOf(browser, "aisha");
  const firm = await pageOf(browser, "grace");
  const qsa = await pageOf(browser, "samuel");
  const engagementId = await makeEngagement(lead, "Shared controls", {
    assessor: { admin: firm, people: [["samuel", "qsa_lead"]] },
  });
  const first = await writeWorksheet(lead, engagementId, "8.3.4");
  const second = await openWorksheet(lead, engagementId, "8.3.6");
  await write(lead, second, "constraints", "What 8.3.6 says.");

  // The lead makes a control of the first worksheet a shared one.
  await lead.goto(`/worksheets/${first}`);
  const own = await open(lead, /Lock by event/);
  await own.getByRole("button", { name: "Make it a shared control" }).click();
  await expect(own.getByText("From the register of controls")).toBeVisible();
  await expect(own.getByLabel("Title")).toHaveCount(0);
  await look(lead, "a shared control in a worksheet");

  // The second worksheet uses it: text and evidence come along.
  await lead.goto(`/worksheets/${second}`);
  await lead.getByRole("button", { name: "Use a shared control" }).click();
  const chooser = lead.getByRole("dialog", { name: "Use a shared control" });
  await chooser.getByLabel("Search the register").fill("lock");
  await look(lead, "choosing a shared control");
  await chooser.getByRole("button", { name: /Lock by event/ }).click();
  await expect(lead.locator("[data-save-status=saved]:visible").first()).toBeVisible();
  await expect.poll(async () => (await controlsOf(lead, second)).map(({ title }) => title)).toEqual(["Lock by event"]);
  const [{ evidence }, shared] = await Promise.all([
    ask<WorksheetDto>(lead, "GET", `/worksheets/${second}`),
    ask<RegisterDto>(lead, "GET", `/engagements/${engagementId}/controls`),
  ]);
  expect(evidence?.length).toBe(shared.items[0]?.evidence.length);

  // Changed once in the register, both say it; an editor that is open has it on the next look.
  const other = await lead.context().newPage();
  await other.goto(`/worksheets/${second}`);
  const there = await open(other, /Lock by event/);
  await lead.goto(`/engagements/${engagementId}/controls`);
  await expect(lead.getByRole("link", { name: "Controls" }).first()).toBeVisible();
  await look(lead, "the register");
  await lead.getByRole("button", { name: "Lock by event" }).click();
  const drawer = lead.getByRole("dialog", { name: "Lock by event" });
  await expect(drawer.getByText("A change goes into 8.3.4, 8.3.6 at once.")).toBeVisible();
  await look(lead, "a control of the register");
  await drawer.getByLabel("Owner").fill("Operations at night");
  await drawer.getByRole("button", { name: "Save everywhere" }).click();
  await expect(drawer).toHaveCount(0);
  for (const id of [first, second]) {
    expect((await controlsOf(lead, id)).find(({ recordId }) => recordId)?.owner).toBe("Operations at night");
  }
  await there.getByLabel("Why it goes above and beyond").fill("Five attempts, and not ten.");
  await expect
    .poll(async () => (await controlsOf(other, second))[0])
    .toMatchObject({ owner: "Operations at night", aboveAndBeyond: "Five attempts, and not ten." });
  await other.close();

  // In review the first keeps what it says, and the register says so.
  await move(lead, first, "submit");
  const { id, version, ...control } = (await ask<RegisterDto>(lead, "GET", `/engagements/${engagementId}/controls`))
    .items[0] as RegisterDto["items"][number];
  const { title, description, nature, changedOn, retired } = control;
  await ask<ControlDetailDto>(lead, "PUT", `/controls/${id}`, {
    ...{ title, description, nature, changedOn, retired, version },
    owner: "Operations by day",
    evidence: control.evidence.map(({ freshness: _now, ...one }) => one),
  });
  await lead.goto(`/engagements/${engagementId}/controls?control=${id}`);
  await expect(lead.getByRole("dialog").getByText(/Says it as it was on/)).toBeVisible();
  await lead.goto(`/worksheets/${first}`);
  await expect(lead.getByText(/This worksheet keeps what it said when it was submitted/)).toBeVisible();

  // The QSA reads it as it was submitted, and may change nothing.
  await qsa.goto(`/engagements/${engagementId}/controls`);
  await expect(qsa.getByText("Operations at night")).toBeVisible();
  await expect(qsa.getByText("Operations by day")).toHaveCount(0);
  await expect(qsa.getByRole("button", { name: "Add a control" })).toHaveCount(0);
  await expect(qsa.getByRole("link", { name: "Readiness" })).toHaveCount(0);

  // Taken out of the register, the second has it as its own.
  await lead.goto(`/worksheets/${second}`);
  const out = await open(lead, /Lock by event/);
  await out.getByRole("button", { name: "Take it out of the register" }).click();
  await expect(out.getByLabel("Title")).toHaveValue("Lock by event");
  await expect.poll(async () => (await controlsOf(lead, second))[0]?.recordId).toBeUndefined();
});

test("matrix, risks and readiness show the engagement, keep their filters in the address, and lead to the place", async ({
  browser,
}) => {
  const lead = await pageOf(browser, "aisha");
  const engagementId = await makeEngagement(lead, "Overviews of controls", {});
  const whole = await writeWorksheet(lead, engagementId, "8.3.4");
  await openWorksheet(lead, engagementId, "10.3.4");

  await lead.goto(`/engagements/${engagementId}/controls/matrix`);
  const row = lead.getByRole("row", { name: /8\.3\.4/ });
  await expect(row.getByText("C1 Lock by event")).toBeVisible();
  await expect(row.getByText("Preventive").first()).toBeVisible();
  await look(lead, "the matrix");
  await lead.getByLabel("Search requirements and controls").fill("lock by event");
  await expect(lead.getByText("1 of 2 requirements")).toBeVisible();
  await lead.reload();
  await expect(lead.getByText("1 of 2 requirements")).toBeVisible();

  await lead.goto(`/engagements/${engagementId}/controls/risks`);
  const grid = lead.getByRole("table", { name: "Risks by likelihood and impact, before controls" });
  await expect(grid.getByRole("button", { name: /8\.3\.4/ })).toBeVisible();
  await look(lead, "the risks");
  await grid.getByRole("button", { name: /8\.3\.4/ }).click();
  await expect(lead).toHaveURL(/at=/);
  await expect(lead.getByRole("article", { name: "Risk R1 of 8.3.4" })).toContainText("What is left");

  await lead.goto(`/engagements/${engagementId}/controls/readiness`);
  await expect(lead.getByText("The mean of 2 worksheets, rounded down.")).toBeVisible();
  await lead.getByRole("button", { name: /10\.3\.4/ }).click();
  await expect(lead.getByText("0 of 20").first()).toBeVisible();
  await look(lead, "readiness");
  await lead.getByRole("link", { name: "Write “Objective”." }).click();
  await expect(lead).toHaveURL(/#section-objective$/);

  // The workbook's row says the same when it is opened.
  await lead.goto(`/engagements/${engagementId}`);
  await lead.getByRole("button", { name: /^8\.3\.4/ }).click();
  const drawer = lead.getByRole("dialog");
  await expect(drawer.getByText("How ready its worksheet is")).toBeVisible();
  await expect(drawer.getByText("Criteria answered")).toBeVisible();
  await expect(drawer.getByRole("link", { name: "Submit it once nothing stops it." })).toHaveAttribute(
    "href",
    `/worksheets/${whole}`,
  );
});
