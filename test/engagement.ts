import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { EngagementRole } from "@/lib/domain/access/roles";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { askDraft } from "@/lib/domain/rigour/ask-draft";
import { wantingReason, warningsWithoutReason } from "@/lib/domain/rigour/reasons";
import type { SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";
import { addRequirements } from "@/lib/services/disposition/add-requirements";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { acceptEngagement, inviteAssessor } from "@/lib/services/engagement/invite-assessor";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { answerCriteria, meetCriteria } from "@/test/criteria";
import { OPENING } from "@/test/fixtures/gate-answers";
import { passingLinks } from "@/test/fixtures/passing-worksheet";
import { sampleSectionsOn } from "@/test/fixtures/sample-sections";
import type { Person, World } from "@/test/world";

type Cast = readonly (readonly [Person, EngagementRole])[];
const WRITERS: Cast = [
  ["contributor", "contributor"],
  ["colleague", "contributor"],
  ["reviewer", "internal_reviewer"],
  ["observer", "observer"],
];
const DECIDERS: Cast = [
  ["isa", "isa"],
  ["officer", "officer"],
];
const ASSESSORS: Cast = [
  ["qsa", "qsa_lead"],
  ["assistant", "qsa_assistant"],
];

/** What distinguishes one engagement from another in tests. */
export interface EngagementChoice {
  /** Whether the firm takes part; without it ISA and officer decide. */
  readonly assessor?: boolean;
  readonly internalReview?: boolean;
  readonly standardVersion?: StandardVersion;
  readonly assessmentType?: "ROC" | "SAQ";
}

/** Makes an engagement of the entity with everybody in the role that their name says. @returns its id */
export async function makeEngagement(world: World, choice: EngagementChoice = {}): Promise<string> {
  const { assessor = true, internalReview = false, standardVersion = "4.0.1", assessmentType = "ROC" } = choice;
  const period = { periodStart: "2026-01-01", periodEnd: "2026-12-31", dueOn: "2027-01-31" };
  const settings = { name: "Assessment 2026", ...period, internalReview, standardVersion, assessmentType };
  const { id } = await createEngagement(await world.as("admin"), settings);
  await addMember(await world.steppedUp("admin"), id, { userId: world.userId("lead"), role: "lead" });
  await removeMember(await world.steppedUp("lead"), id, world.userId("admin"), "lead");
  for (const [person, role] of assessor ? WRITERS : [...WRITERS, ...DECIDERS]) {
    await addMember(await world.steppedUp("lead"), id, { userId: world.userId(person), role });
  }
  if (assessor) await bringAssessor(world, id);
  return id;
}

/** The firm comes in and staffs the engagement. */
export async function bringAssessor(world: World, engagementId: string): Promise<void> {
  const firm = { organisationId: world.organisationId("firm") };
  await inviteAssessor(await world.as("lead"), engagementId, firm);
  await acceptEngagement(await world.as("firmAdmin"), engagementId);
  for (const [person, role] of ASSESSORS) {
    await addMember(await world.steppedUp("firmAdmin"), engagementId, { userId: world.userId(person), role });
  }
}

/** Puts a requirement into the workbook. @returns the row's id */
export async function addRow(world: World, engagementId: string, number: string): Promise<string> {
  const { items } = await addRequirements(await world.as("lead"), engagementId, [number]);
  const row = items.find((one) => one.requirementNumber === number);
  if (!row) throw new Error(`The workbook has no row for ${number}.`);
  return row.id;
}

/** Opens the worksheet of a requirement and gives it to the contributor. @returns its id */
export async function openSheet(world: World, engagementId: string, number: string): Promise<string> {
  const { id } = await openWorksheet(await world.as("lead"), await addRow(world, engagementId, number), OPENING);
  await setAssignees(await world.as("lead"), id, [world.userId("contributor")]);
  return id;
}

/**
 * The contributor writes sections over what is stored; all six and the criteria unless told otherwise. With the controls
 * comes, the first time, the evidence that nothing is submitted without.
 */
export async function write(
  world: World,
  worksheetId: string,
  sections: Partial<WorksheetSections> = sampleSectionsOn(dayOf(world)),
): Promise<void> {
  const contributor = await world.as("contributor");
  const before = await getWorksheet(contributor, worksheetId);
  const stored = before.sections;
  for (const key of SECTION_KEYS) {
    const content = sections[key] as SectionContent<SectionKey> | undefined;
    if (!content) continue;
    await saveSection(contributor, worksheetId, key, { baseVersion: stored?.[key]?.version ?? 0, content });
  }
  const attached = before.evidence?.some(({ section }) => section === "constraints");
  if (sections.definition && !attached) await attachLinks(world, worksheetId);
  if (SECTION_KEYS.every((key) => key in sections)) await answerCriteria(world, worksheetId);
}

function dayOf(world: World): string {
  return world.now.toISOString().slice(0, 10);
}

async function attachLinks(world: World, id: string): Promise<void> {
  const contributor = await world.as("contributor");
  for (const link of passingLinks(dayOf(world))) await addEvidence(contributor, id, link);
}

/** Writes a worksheet and submits it. @returns its id */
export async function submitSheet(world: World, engagementId: string, number: string): Promise<string> {
  const id = await openSheet(world, engagementId, number);
  await write(world, id);
  await giveReasons(world, id);
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  return id;
}

/** Gives a reason for each warning that stands. What the rules say of a requirement is none of most tests' business. */
export async function giveReasons(world: World, id: string): Promise<void> {
  const contributor = await world.as("contributor");
  const worksheet = await getWorksheet(contributor, id);
  const { rigour, sections } = worksheet;
  if (!rigour || !sections) throw new Error("The contributor does not see the draft.");
  const contents = Object.fromEntries(SECTION_KEYS.map((key) => [key, sections[key]?.content]));
  const outcomes = askDraft(worksheet, rigour, contents as unknown as WorksheetSections);
  for (const { key } of warningsWithoutReason(wantingReason(outcomes), rigour.reasons)) {
    await answerWarning(contributor, id, { key, reason: "Agreed with the assessor." });
  }
}

/** Signs what stands in review, as somebody who has just read it and found every criterion met. */
export async function sign(world: World, worksheetId: string, by: Person = "qsa"): Promise<WorksheetDto> {
  await meetCriteria(world, worksheetId, by);
  const { digest, statementVersion } = await getStatement(await world.as(by), worksheetId);
  await world.startSigner();
  return signOff(await world.steppedUp(by), worksheetId, { kind: "sign", digest, statementVersion });
}
