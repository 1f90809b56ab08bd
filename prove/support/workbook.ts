import type { EngagementDto } from "@/lib/contracts/engagement";
import type { SectionDto } from "@/lib/contracts/section";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { type PartKey, SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";
import { OPENING } from "@/test/fixtures/gate-answers";
import { passingLinks, passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";
import type { App } from "./app";
import { addMember, addOrganisation, addPerson, addSession, type Person } from "./cast";
import type { Client, Reply } from "./client";
import { asSuperuser } from "./sql";

/** Requirements of 4.0.1 that take a worksheet. */
const NUMBERS = ["8.3.4", "5.3.1", "3.7.6", "6.3.3", "5.3.2", "2.2.5"];

/** A workbook that was made through the API, with people who may all write in it. */
export interface Workbook {
  readonly organisationId: string;
  readonly engagementId: string;
  readonly worksheetIds: readonly string[];
  /** The lead first, then the contributors. */
  readonly people: readonly Person[];
  readonly clients: readonly Client[];
}

/** A reply that has to be a success. @throws Error with the reply otherwise */
export function must<T>(reply: Reply): T {
  if (reply.status >= 300) throw new Error(`Unexpected reply ${reply.status}: ${reply.text.slice(0, 500)}`);
  return reply.json as T;
}

/** Makes an organisation with a lead and contributors, an engagement, and worksheets that all of them may write. */
export async function makeWorkbook(app: App, name: string, worksheets: number, contributors: number) {
  const people = await asSuperuser(app, async (sql) => {
    const organisationId = await addOrganisation(sql, "entity", `${name} Payments`);
    const made = [await addPerson(sql, organisationId, "admin", `${name} Lead`)];
    for (let n = 1; n <= contributors; n += 1) {
      made.push(await addPerson(sql, organisationId, "member", `${name} Contributor ${n}`));
    }
    return made;
  });
  const clients: Client[] = [];
  await asSuperuser(app, async (sql) => {
    for (const person of people) clients.push((await addSession(sql, app, person)).client);
  });
  const [lead] = clients;
  const [leader, ...others] = people;
  if (!lead || !leader) throw new Error("There is no lead.");
  const { id: engagementId } = must<EngagementDto>(
    await lead.send("POST", "/api/v1/engagements", { body: settings(name) }),
  );
  await asSuperuser(app, async (sql) => {
    const engagement = { id: engagementId, organisationId: leader.organisationId };
    for (const person of others) await addMember(sql, engagement, person, "contributor");
  });
  const worksheetIds = await openWorksheets(lead, engagementId, NUMBERS.slice(0, worksheets));
  for (const id of worksheetIds) {
    const body = { userIds: others.map((person) => person.userId) };
    must(await lead.send("PUT", `/api/v1/worksheets/${id}/assignees`, { body }));
  }
  const workbook: Workbook = { organisationId: leader.organisationId, engagementId, worksheetIds, people, clients };
  return workbook;
}

/** The settings of an engagement on 4.0.1. */
export function settings(name: string) {
  return {
    name: `${name} assessment`,
    standardVersion: "4.0.1",
    assessmentType: "ROC",
    periodStart: "2026-01-01",
    periodEnd: "2026-12-31",
    dueOn: "2027-01-31",
    internalReview: false,
  } as const;
}

async function openWorksheets(lead: Client, engagementId: string, numbers: readonly string[]): Promise<string[]> {
  const added = must<{ items: readonly { id: string }[] }>(
    await lead.send("POST", `/api/v1/engagements/${engagementId}/dispositions`, {
      body: { requirementNumbers: numbers },
    }),
  );
  const ids: string[] = [];
  for (const { id } of added.items) {
    ids.push(must<WorksheetDto>(await lead.send("POST", `/api/v1/dispositions/${id}/worksheet`, { body: OPENING })).id);
  }
  return ids;
}

/** A section of a worksheet, by where it is. */
export interface Place {
  readonly worksheetId: string;
  readonly key: SectionKey;
}

/** Sections of some worksheets, as many as asked for. */
export function placesOf(worksheetIds: readonly string[], count: number): Place[] {
  return SECTION_KEYS.flatMap((key) => worksheetIds.map((worksheetId) => ({ worksheetId, key }))).slice(0, count);
}

/** A section whose narrative has these paragraphs. */
export function contentOf(key: SectionKey, paragraphs: readonly string[]): SectionContent {
  const content = paragraphs.map((text) => ({
    type: "paragraph" as const,
    content: [{ type: "text" as const, text }],
  }));
  return { ...emptySections()[key], narrative: { type: "doc", content } };
}

/** A section that no rule objects to, with a paragraph before its own text. */
export function submittableOf(key: SectionKey, words: string): SectionContent {
  return passingSections(new Date().toISOString().slice(0, 10), { [key]: words }, UUIDS)[key];
}

/** Adds the evidence without which no worksheet is submitted. */
export async function attachEvidence(client: Client, worksheetId: string): Promise<void> {
  for (const body of passingLinks(new Date().toISOString().slice(0, 10))) {
    must(await client.send("POST", `/api/v1/worksheets/${worksheetId}/evidence`, { body }));
  }
}

/** The paragraphs of a section's narrative. */
export function paragraphsOf(section: SectionContent): string[] {
  return section.narrative.content.map((block) =>
    block.type === "paragraph" ? (block.content ?? []).map((one) => ("text" in one ? one.text : "")).join("") : "",
  );
}

/** Asks for a section, or the answers to the criteria, to be saved over a version. */
export function saveSection(
  client: Client,
  { worksheetId, key }: { readonly worksheetId: string; readonly key: PartKey },
  baseVersion: number,
  content: SectionContent,
  idempotencyKey?: string,
): Promise<Reply> {
  const headers = idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
  return client.send("PUT", `/api/v1/worksheets/${worksheetId}/sections/${key}`, {
    body: { baseVersion, content },
    headers,
  });
}

/** Reads sections as they are stored now. */
export async function readSections(client: Client, places: readonly Place[]): Promise<SectionDto[]> {
  const sections: SectionDto[] = [];
  const worksheets = new Map<string, WorksheetDto>();
  for (const { worksheetId, key } of places) {
    const known = worksheets.get(worksheetId);
    const worksheet = known ?? must<WorksheetDto>(await client.send("GET", `/api/v1/worksheets/${worksheetId}`));
    worksheets.set(worksheetId, worksheet);
    const section = worksheet.sections?.[key];
    if (!section) throw new Error(`The worksheet shows no section ${key}.`);
    sections.push(section);
  }
  return sections;
}
