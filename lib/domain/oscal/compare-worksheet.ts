import { saysTheSame } from "@/lib/domain/oscal/align-items";
import { type EvidenceFields, evidenceFields, pairEvidence } from "@/lib/domain/oscal/pair-evidence";
import { isSame } from "@/lib/domain/same";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import { frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import type { CcwRevision, Control, EvidenceLink, SectionContent } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import { type CcwPartKey, SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** A worksheet as it stands where a plan is to be taken in; a new one has its parts empty, at version 0. */
export interface StandingWorksheet {
  /** Null for one that is yet to be opened. */
  readonly id: string | null;
  readonly parts: { readonly [K in CcwPartKey]: { readonly version: number; readonly content: SectionContent<K> } };
  readonly evidence: readonly Attached[];
  readonly eligibility: EligibilityAnswers | null;
  readonly eligibilityVersion: number;
  readonly warningReasons: readonly WarningReason[];
}

/** A piece of evidence that stands. */
export type Attached = EvidenceLink & { readonly version: number; readonly controlRecordId: string | null };

/** A part that a plan changes. */
export type ChangedPart = {
  readonly [K in CcwPartKey]: {
    readonly key: K;
    readonly baseVersion: number;
    readonly before: SectionContent<K>;
    readonly after: SectionContent<K>;
  };
}[CcwPartKey];

/** Evidence that a plan adds, or changes where `changes` says which; never one that it takes away. */
export interface ChangedEvidence {
  readonly changes: { readonly id: string; readonly version: number } | null;
  readonly before: EvidenceFields | null;
  readonly after: EvidenceFields;
}

/** A reason for a warning that a plan gives otherwise; empty before where none was given. */
export interface ChangedReason {
  readonly key: string;
  /** The rule, and what it said. */
  readonly about: string;
  readonly before: string;
  readonly after: string;
}

/** What a plan's worksheet says otherwise than the one that stands. */
export interface WorksheetComparison {
  readonly parts: readonly ChangedPart[];
  readonly eligibility: { readonly before: EligibilityAnswers | null; readonly after: EligibilityAnswers } | null;
  readonly evidence: readonly ChangedEvidence[];
  readonly reasons: readonly ChangedReason[];
}

/** Compares a plan's worksheet, whose items were aligned, with the one that stands. The order of items is no difference. */
export function compareWorksheet(brought: CcwRevision, standing: StandingWorksheet): WorksheetComparison {
  const { eligibility } = brought;
  const isAnswered = eligibility !== undefined && !isSame(eligibility, standing.eligibility);
  return {
    parts: [
      ...SECTION_KEYS.flatMap((key) => changedPart(key, brought, standing)),
      ...changedAnswers(brought, standing),
    ],
    eligibility: isAnswered ? { before: standing.eligibility, after: eligibility } : null,
    evidence: changedEvidence(brought, standing),
    reasons: changedReasons(brought.warningReasons ?? [], standing.warningReasons),
  };
}

/** How many saves it takes to bring a worksheet to what a plan says; opening one is a save, and answers its gate. */
export function savesOf({ parts, eligibility, evidence, reasons }: WorksheetComparison, opens: boolean): number {
  return parts.length + evidence.length + reasons.length + (opens || eligibility ? 1 : 0);
}

/** Whether a change puts evidence that stands elsewhere: to another section, or another item. */
export function isMove({ changes, before, after }: ChangedEvidence): boolean {
  return changes !== null && (before?.section !== after.section || before?.itemId !== after.itemId);
}

/**
 * As much of a comparison as a number of saves makes: the gate and the parts, then evidence, then reasons for warnings. What
 * is put elsewhere goes before all other evidence: with the parts, the item that it stands at may be gone. What is shown keeps
 * its order.
 */
export function withinSaves(compared: WorksheetComparison, opens: boolean, most: number): WorksheetComparison {
  const { evidence, reasons } = compared;
  const text = savesOf({ ...compared, evidence: [], reasons: [] }, opens);
  const moves = evidence.filter(isMove);
  const first = new Set([...moves, ...evidence.filter((one) => !isMove(one))].slice(0, Math.max(0, most - text)));
  const shown = evidence.filter((one) => first.has(one));
  return { ...compared, evidence: shown, reasons: reasons.slice(0, Math.max(0, most - text - shown.length)) };
}

function changedPart<K extends SectionKey>(key: K, brought: CcwRevision, { parts }: StandingWorksheet): ChangedPart[] {
  const { version, content } = parts[key];
  const after = brought.sections[key];
  // The key says what kind of content both are.
  return saysTheSame(key, content as SectionContent<K>, after)
    ? []
    : [{ key, baseVersion: version, before: content, after } as unknown as ChangedPart];
}

/** Answers are compared as they are frozen; a plan from before they were asked leaves those that stand. */
function changedAnswers({ criteria, header }: CcwRevision, { parts }: StandingWorksheet): ChangedPart[] {
  if (!criteria) return [];
  const { version, content } = parts.criteria;
  const { answers } = content.items;
  if (version > 0 && isSame(frozenAnswers(answers, header.standardVersion), criteria)) return [];
  const asked = new Set(criteria.map(({ id }) => id));
  const brought = criteria.map(({ id, answer }) => ({ id, answer }));
  const items = { answers: [...answers.filter(({ id }) => !asked.has(id)), ...brought] };
  return [{ key: "criteria", baseVersion: version, before: content, after: { narrative: EMPTY_NARRATIVE, items } }];
}

/**
 * What is taken in twice is not there twice. What came with a shared control changes in the register, and stays; what leaves
 * with one is no evidence that the plan could be said to have here.
 */
function changedEvidence(brought: CcwRevision, standing: StandingWorksheet): ChangedEvidence[] {
  const leaving = new Set(leavingEvidence(brought.sections.definition.items.controls, standing.evidence));
  const staying = standing.evidence.filter((one) => !leaving.has(one));
  const pairs = pairEvidence(brought.evidence, staying, brought.worksheetId === standing.id);
  return brought.evidence.flatMap((one, place): ChangedEvidence[] => {
    const [found, after] = [pairs.get(place), evidenceFields(one)];
    if (!found) return [{ changes: null, before: null, after }];
    const before = evidenceFields(found);
    if (found.controlRecordId !== null || isSame(before, after)) return [];
    return [{ changes: { id: found.id, version: found.version }, before, after }];
  });
}

/** Evidence that leaves with a shared control which a definition has no more. */
export function leavingEvidence<T extends Pick<Attached, "controlRecordId"> & { readonly itemId: string | null }>(
  after: readonly Control[],
  evidence: readonly T[],
): readonly T[] {
  const used = new Set(after.map(({ recordId }) => recordId));
  const items = new Set(after.map(({ id }) => id));
  return evidence.filter(
    ({ controlRecordId, itemId }) =>
      controlRecordId !== null && !used.has(controlRecordId) && (itemId === null || !items.has(itemId)),
  );
}

function changedReasons(brought: readonly WarningReason[], standing: readonly WarningReason[]): ChangedReason[] {
  const given = new Map(standing.map(({ key, reason }) => [key, reason]));
  return brought.flatMap(({ key, reason, rule, message }) => {
    const before = given.get(key) ?? "";
    return before === reason ? [] : [{ key, about: `${rule}: ${message}`, before, after: reason }];
  });
}
