import type { Page } from "@playwright/test";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";
import { OPENING } from "@/test/fixtures/gate-answers";
import { passingLinks, passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";
import { ask } from "./api";
import { answerCriteria } from "./criteria";
import { PASSWORD } from "./people";

/** Who takes part in an engagement that a spec makes for itself, by the beginnings of their addresses. */
export interface Staff {
  /** The assessor company's people with their roles; absent for a self-assessment. */
  readonly assessor?: { readonly admin: Page; readonly people: readonly (readonly [name: string, role: string])[] };
  /** Further people of the entity. */
  readonly entity?: readonly (readonly [name: string, role: string])[];
}

/** Makes an engagement of one's own, so that specs do not get into each other's way. @returns its id */
export async function makeEngagement(lead: Page, name: string, staff: Staff): Promise<string> {
  const { id } = await ask<{ id: string }>(lead, "POST", "/engagements", {
    name,
    standardVersion: "4.0.1",
    assessmentType: staff.assessor ? "ROC" : "SAQ",
    periodStart: "2026-01-01",
    periodEnd: "2026-12-31",
    dueOn: "2027-03-31",
    internalReview: false,
  });
  await addPeople(lead, id, staff.entity ?? []);
  if (staff.assessor) {
    await inviteAssessor(lead, id);
    await ask(staff.assessor.admin, "POST", `/engagements/${id}/assessor/accept`);
    await addPeople(staff.assessor.admin, id, staff.assessor.people);
  }
  return id;
}

/** Asks the demo's assessor company to take part. */
export async function inviteAssessor(lead: Page, engagementId: string): Promise<void> {
  const { items } = await ask<{ items: { id: string }[] }>(lead, "GET", "/organisation/assessors");
  await ask(lead, "POST", `/engagements/${engagementId}/assessor`, { organisationId: items[0]?.id });
}

async function addPeople(by: Page, id: string, people: readonly (readonly [string, string])[]): Promise<void> {
  if (people.length === 0) return;
  await stepUp(by);
  const { items } = await ask<{ items: { id: string; email: string }[] }>(by, "GET", `/engagements/${id}/candidates`);
  for (const [name, role] of people) {
    const userId = items.find(({ email }) => email.startsWith(`${name}.`))?.id;
    await ask(by, "POST", `/engagements/${id}/members`, { userId, role });
  }
}

/** Opens the worksheet of a requirement. @returns its id */
export async function openWorksheet(lead: Page, engagementId: string, number: string): Promise<string> {
  const { items } = await ask<{ items: { id: string; requirementNumber: string }[] }>(
    lead,
    "POST",
    `/engagements/${engagementId}/dispositions`,
    { requirementNumbers: [number] },
  );
  const row = items.find((one) => one.requirementNumber === number);
  return (await ask<{ id: string }>(lead, "POST", `/dispositions/${row?.id}/worksheet`, OPENING)).id;
}

/** Opens the worksheet of a requirement, writes into each section what no rule objects to, and answers each criterion. @returns its id */
export async function writeWorksheet(lead: Page, engagementId: string, number: string): Promise<string> {
  const id = await writeSections(lead, engagementId, number);
  await answerCriteria(lead, id);
  return id;
}

/** The same without answers to the criteria. @returns its id */
export async function writeSections(lead: Page, engagementId: string, number: string): Promise<string> {
  const id = await openWorksheet(lead, engagementId, number);
  for (const key of SECTION_KEYS) await write(lead, id, key, `What ${number} says of its ${key}.`);
  for (const link of passingLinks(today())) await ask(lead, "POST", `/worksheets/${id}/evidence`, link);
  return id;
}

/** Puts behind what somebody wrote on the page what the rules ask for beside it: further text, items and evidence. */
export async function completeWorksheet(lead: Page, worksheetId: string): Promise<void> {
  const { sections } = await ask<WorksheetDto>(lead, "GET", `/worksheets/${worksheetId}`);
  const passing = passingSections(today(), {}, UUIDS);
  for (const key of SECTION_KEYS) {
    const { narrative, items } = passing[key];
    const written = sections?.[key]?.content.narrative.content ?? [];
    await ask(lead, "PUT", `/worksheets/${worksheetId}/sections/${key}`, {
      baseVersion: sections?.[key]?.version,
      content: { narrative: { type: "doc", content: [...written, ...narrative.content] }, items },
    });
  }
  for (const link of passingLinks(today())) await ask(lead, "POST", `/worksheets/${worksheetId}/evidence`, link);
}

const today = () => new Date().toISOString().slice(0, 10);

/** Replaces a section's text by a paragraph, with text and items behind it that no rule objects to. */
export async function write(lead: Page, worksheetId: string, key: SectionKey, words: string): Promise<void> {
  const { sections } = await ask<WorksheetDto>(lead, "GET", `/worksheets/${worksheetId}`);
  await ask(lead, "PUT", `/worksheets/${worksheetId}/sections/${key}`, {
    baseVersion: sections?.[key]?.version,
    content: passingSections(today(), { [key]: words }, UUIDS)[key],
  });
}

/** Makes a move that needs no statement. */
export async function move(by: Page, worksheetId: string, name: string, reason = ""): Promise<void> {
  await ask(by, "POST", `/worksheets/${worksheetId}/moves`, { move: name, reason });
}

/** Enters the password again, for what carries weight. */
export async function stepUp(by: Page, password: string = PASSWORD): Promise<void> {
  await ask(by, "POST", "/session/step-up", { password });
}
