import { randomUUID } from "node:crypto";
import type { SignedInContext } from "@/lib/auth/context";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { ASSESSOR_ROLES } from "@/lib/domain/access/roles";
import { addControl } from "@/lib/services/controls/change-register";
import { addRequirements } from "@/lib/services/disposition/add-requirements";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { acceptEngagement, inviteAssessor } from "@/lib/services/engagement/invite-assessor";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { saveScope } from "@/lib/services/scope/save-scope";
import { DEMO_CAST, type DemoPersonKey } from "./people";
import type { Stage } from "./stage";
import type { DemoControl, DemoDecision, DemoEngagement, DemoMoment } from "./types";

/** Creates the engagement and gives its people their roles; the assessor company takes it on the next day. @returns its id */
export async function openEngagement(stage: Stage, engagement: DemoEngagement): Promise<string> {
  const { created, members } = engagement;
  const lead = members.find(({ role }) => role === "lead")?.person ?? created.by;
  const { name, standardVersion, assessmentType, periodStart, periodEnd, dueOn, internalReview } = engagement;
  const settings = { name, standardVersion, assessmentType, periodStart, periodEnd, dueOn, internalReview };
  const { id } = await createEngagement(await stage.as(created), settings);
  if (lead !== created.by) {
    await addMember(await stage.steppedUp(created), id, { userId: stage.userId(lead), role: "lead" });
    // Whoever creates an engagement leads it at first.
    await removeMember(await stage.steppedUp({ ...created, by: lead }), id, stage.userId(created.by), "lead");
  }
  for (const { person, role } of members) {
    if (role === "lead" || ASSESSOR_ROLES.includes(role)) continue;
    await addMember(await stage.steppedUp({ ...created, by: lead }), id, { userId: stage.userId(person), role });
  }
  if (engagement.assessor) await bringAssessor(stage, engagement, engagement.assessor, id, { ...created, by: lead });
  return id;
}

async function bringAssessor(
  stage: Stage,
  engagement: DemoEngagement,
  firm: string,
  id: string,
  at: DemoMoment,
): Promise<void> {
  await inviteAssessor(await stage.as(at), id, { organisationId: stage.organisationId(firm) });
  const nextDay = { day: at.day + 1, minute: 540, by: adminOf(firm) };
  await acceptEngagement(await stage.as(nextDay), id);
  for (const { person, role } of engagement.members) {
    if (!ASSESSOR_ROLES.includes(role)) continue;
    await addMember(await stage.steppedUp(nextDay), id, { userId: stage.userId(person), role });
  }
}

function adminOf(organisation: string): DemoPersonKey {
  const admin = DEMO_CAST.find((person) => person.organisation === organisation && person.role === "admin");
  if (!admin) throw new Error(`${organisation} has no admin in the demo.`);
  return admin.key;
}

/** Answers the scope wizard and adds the requirements that the story needs beside those the scope brings. */
export async function answerScope(stage: Stage, engagement: DemoEngagement, id: string): Promise<void> {
  const { scope, added, decisions, worksheets } = engagement;
  await saveScope(await stage.as(scope), id, { version: 0, answers: scope.answers });
  const context = await stage.as({ ...scope, minute: scope.minute + 5 });
  const known = new Set((await readWorkbook(context, id)).items.map(({ requirementNumber }) => requirementNumber));
  const wanted = [...added, ...[...decisions, ...worksheets].map(({ number }) => number)];
  const missing = [...new Set(wanted)].filter((number) => !known.has(number));
  if (missing.length > 0) await addRequirements(context, id, missing);
}

/** Decides one row of the workbook. */
export async function decide(stage: Stage, engagementId: string, decision: DemoDecision): Promise<void> {
  const context = await stage.as(decision);
  const row = await rowOf(context, engagementId, decision.number);
  const owner = decision.owner ? { ownerId: stage.userId(decision.owner) } : {};
  await decideDisposition(context, row.id, { version: row.version, ...decision.change, ...owner });
}

/** The row of a requirement. */
export async function rowOf(context: SignedInContext, engagementId: string, number: string): Promise<DispositionDto> {
  const { items } = await readWorkbook(context, engagementId);
  const row = items.find(({ requirementNumber }) => requirementNumber === number);
  if (!row) throw new Error(`The demo's workbook has no row for ${number}.`);
  return row;
}

/** Puts a control into the register, as the lead. */
export async function recordControl(stage: Stage, id: string, control: DemoControl): Promise<void> {
  const { text, evidence } = control;
  const whole = evidence.map((one) => ({ ...one, id: randomUUID(), files: [] }));
  await addControl(await stage.as(control), id, { ...text, evidence: whole });
}
