import type { Grant } from "@/lib/auth/scope";
import { permissionFor } from "@/lib/auth/scope";
import type { SharedControlDto } from "@/lib/contracts/controls";
import { notFound } from "@/lib/contracts/failure";
import type { Blocker } from "@/lib/contracts/problem";
import type { PersonRef } from "@/lib/contracts/section";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { WorksheetTarget } from "@/lib/data/facts";
import { findOrigin, type StoredOrigin } from "@/lib/data/origins";
import { namesOf, personRef } from "@/lib/data/people";
import { listRequirements } from "@/lib/data/requirements";
import { partsIn } from "@/lib/data/sections";
import { countOpenThreads } from "@/lib/data/threads";
import { listTransitions } from "@/lib/data/transitions";
import { findWorksheet } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { isLegacy } from "@/lib/domain/catalogue/standard-version";
import { reviewDueOf } from "@/lib/domain/records/review";
import { isEditable } from "@/lib/domain/workflow/editing";
import { carriedOverDto } from "@/lib/services/carry-over/carried-over-dto";
import { sharedControls } from "@/lib/services/controls/register-dto";
import { recordBlockersOf } from "@/lib/services/records/record-blockers";
import { type Assessment, assess, blockersOf, rigourDto } from "@/lib/services/rigour/assess";
import { originDto } from "@/lib/services/start/origin-dto";
import { evidenceDto, peopleOfEvidence } from "@/lib/services/worksheet/evidence-dto";
import {
  revisionSummaryDto,
  showsTransition,
  signOffDto,
  stateFor,
  transitionDto,
} from "@/lib/services/worksheet/history-dto";
import { contentNow, isCcw, loadMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { worksheetPermissions } from "@/lib/services/worksheet/permissions";
import { seal, unlessDamaged } from "@/lib/services/worksheet/seal";
import { sectionDtos } from "@/lib/services/worksheet/section-dto";
import { openRevisions, seesDraft, shownContent, shownText } from "@/lib/services/worksheet/shown-content";
import { validityOf } from "@/lib/services/worksheet/validity";

/**
 * A worksheet as the grant's owner may see it, read anew in this transaction, so that it is also the reply after a
 * change. @throws Failure not_found when it may not be seen
 */
export async function describeWorksheet(tx: ScopedTx, grant: Grant, worksheetId: string): Promise<WorksheetDto> {
  const worksheet = await findWorksheet(tx, worksheetId);
  const permission = worksheet && permissionFor(grant, "worksheet.read", worksheet.facts);
  if (!worksheet || !permission) throw notFound();
  const { view } = permission;
  const [material] = await loadMaterial(tx, [worksheet]);
  if (!material) throw notFound();
  const { facts } = worksheet;
  const moves = await listTransitions(tx, [worksheetId]);
  const transitions = moves.filter((row) => showsTransition(view, row));
  const revisions = openRevisions(view, material);
  const numbers = new Set(revisions.map((row) => row.number));
  const origin = await findOrigin(tx, worksheetId);
  const names = await namesOf(tx, [...peopleIn(material, transitions), origin?.takenById ?? null]);
  const showsDraft = seesDraft(view, material);
  const content = contentNow(material, tx.engagement.catalogueVersion);
  const text = shownText(view, material);
  const shown = await unlessDamaged(shownContent(tx, view, material));
  const assessment = await assessDraft(tx, view, material, origin);
  const openThreads = await countOpenThreads(tx, [worksheetId]);
  return {
    id: worksheet.id,
    kind: worksheet.kind,
    engagementId: worksheet.engagementId,
    dispositionId: worksheet.dispositionId,
    header: content.header,
    legacy: isLegacy(tx.engagement.standardVersion),
    state: stateFor(view, facts.state, moves),
    revision: worksheet.revisionNumber,
    version: worksheet.version,
    ...(showsDraft ? draftDto(tx, material, names) : NO_DRAFT),
    digest: showsDraft ? seal(content).digest : (revisions.at(-1)?.digest ?? ""),
    revisions: revisions.map((row) => revisionSummaryDto(row, names)),
    damagedRevision: text && !shown ? text.revision : null,
    transitions: transitions.map((row) => transitionDto(row, names)),
    signOffs: material.signOffs.filter((row) => numbers.has(row.revision)).map(signOffDto),
    validity: validityOf(material, tx),
    assignees: facts.assigneeIds.map((id) => personRef(names, id)),
    blockers: await draftBlockers(tx, view, material, assessment),
    rigour: assessment && rigourDto(assessment),
    carriedOver: await carriedOverDto(tx, view, worksheet, origin),
    origin: toldOrigin(origin, view, revisions) ? originDto(origin, view, names) : null,
    sharedControls: await sharedIn(tx, view, material),
    openThreads: view === "signed" ? 0 : (openThreads.get(worksheetId) ?? 0),
    reviewDue: reviewDueOf(shown?.content.sections ?? {}),
    warning: await warningOf(tx, worksheet),
    permissions: worksheetPermissions(grant, worksheet.kind, facts),
  };
}

/** Whoever sees submitted revisions alone is told of a beginning that one of these came after: a later one is the draft's. */
function toldOrigin(
  origin: StoredOrigin | null,
  view: View,
  revisions: readonly { readonly submittedAt: Date }[],
): boolean {
  if (origin === null || view === "all") return true;
  return revisions.some(({ submittedAt }) => origin.takenAt <= submittedAt);
}

/** What of the draft is shown to nobody who may see submitted revisions alone. */
const NO_DRAFT = { sections: null, evidence: null, warningReasons: [], eligibility: null } as const;

function draftDto(
  tx: ScopedTx,
  { sections, evidence, worksheet }: WorksheetMaterial,
  names: ReadonlyMap<string, PersonRef>,
): Pick<WorksheetDto, keyof typeof NO_DRAFT> {
  return {
    sections: sectionDtos(sections, names),
    evidence: evidence.map((one) => evidenceDto(one, names, tx.now)),
    warningReasons: worksheet.warningReasons,
    eligibility: worksheet.eligibility,
  };
}

function peopleIn(material: WorksheetMaterial, transitions: readonly { readonly byId: string }[]): (string | null)[] {
  return [
    ...partsIn(material.sections).map(({ updatedById }) => updatedById),
    ...material.evidence.flatMap(peopleOfEvidence),
    ...material.revisions.map((one) => one.submittedById),
    ...transitions.map((one) => one.byId),
    ...material.worksheet.facts.assigneeIds,
  ];
}

/** How the controls of a draft stand to the register; a record has none. */
async function sharedIn(tx: ScopedTx, view: View, material: WorksheetMaterial): Promise<SharedControlDto[]> {
  if (view !== "all" || !isCcw(material)) return [];
  return sharedControls(tx, material, material.sections.definition.content.items.controls);
}

/** What the rules say, for those who write the draft. */
async function assessDraft(
  tx: ScopedTx,
  view: View,
  material: WorksheetMaterial,
  origin: StoredOrigin | null,
): Promise<Assessment | null> {
  const { state } = material.worksheet.facts;
  return view === "all" && isEditable(state) && isCcw(material) ? assess(tx, material, { origin }) : null;
}

/** What stops a submission right now: as the rules say for a worksheet, what is missing for a record. */
async function draftBlockers(
  tx: ScopedTx,
  view: View,
  material: WorksheetMaterial,
  assessment: Assessment | null,
): Promise<readonly Blocker[]> {
  if (isCcw(material)) return assessment ? blockersOf(material, assessment) : [];
  return view === "all" && isEditable(material.worksheet.facts.state) ? recordBlockersOf(tx, material) : [];
}

/** Only numbers of an old version can carry a warning, so only they cost the look at their neighbours. */
async function warningOf(tx: ScopedTx, { kind, requirementNumber }: WorksheetTarget): Promise<string | null> {
  if (kind !== "ccw" || !isLegacy(tx.engagement.standardVersion)) return null;
  const target = worksheetTarget(await listRequirements(tx, tx.engagement), requirementNumber);
  return target.kind === "ok" ? (target.warning?.text ?? null) : null;
}
