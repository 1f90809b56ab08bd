import { isSame } from "@/lib/domain/same";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import { frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import type { CcwRevision, EvidenceLink, SectionContent } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import { type CcwPartKey, SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** What people fill in of a piece of evidence. */
export type EvidenceFields = Omit<EvidenceLink<SectionKey>, "id" | "files">;

/** A worksheet as it stands where a plan is to be taken in; a new one has its parts empty, at version 0. */
export interface StandingWorksheet {
  /** Null for one that is yet to be opened. */
  readonly id: string | null;
  readonly parts: { readonly [K in CcwPartKey]: { readonly version: number; readonly content: SectionContent<K> } };
  readonly evidence: readonly (EvidenceLink & { readonly version: number; readonly controlRecordId: string | null })[];
  readonly eligibility: EligibilityAnswers | null;
  readonly eligibilityVersion: number;
  readonly warningReasons: readonly WarningReason[];
}

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

/** What a plan's worksheet says otherwise than the one that stands. */
export interface WorksheetComparison {
  readonly parts: readonly ChangedPart[];
  readonly eligibility: { readonly before: EligibilityAnswers | null; readonly after: EligibilityAnswers } | null;
  readonly evidence: readonly ChangedEvidence[];
  readonly reasons: readonly { readonly key: string; readonly reason: string }[];
}

/** Compares a plan's worksheet with the one that stands. */
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

function changedPart<K extends SectionKey>(key: K, brought: CcwRevision, { parts }: StandingWorksheet): ChangedPart[] {
  const { version, content } = parts[key];
  const after = brought.sections[key];
  // The key says what kind of content both are.
  return isSame(content, after)
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
 * Evidence is the same by its id in the same worksheet, and otherwise by everything that it says: what is taken in twice is
 * not there twice. What came with a shared control changes in the register, and stays.
 */
function changedEvidence(brought: CcwRevision, standing: StandingWorksheet): ChangedEvidence[] {
  const isOwn = brought.worksheetId === standing.id;
  const left = new Map(standing.evidence.map((one) => [one.id, one]));
  const unmatched = brought.evidence.filter((one) => {
    const alike = [...left.values()].find((other) => isSame(fieldsOf(other), fieldsOf(one)));
    const found = (isOwn ? left.get(one.id) : undefined) ?? alike;
    if (!found || !(isSame(fieldsOf(found), fieldsOf(one)) || found.controlRecordId !== null)) return true;
    left.delete(found.id);
    return false;
  });
  return unmatched.map((one) => {
    const found = isOwn ? left.get(one.id) : undefined;
    const after = fieldsOf(one);
    return found
      ? { changes: { id: found.id, version: found.version }, before: fieldsOf(found), after }
      : { changes: null, before: null, after };
  });
}

function fieldsOf(link: EvidenceLink): EvidenceFields {
  const { section, itemId, title, url, shows, collectedOn, validUntil } = link as EvidenceLink<SectionKey>;
  return { section, itemId, title, url, shows, collectedOn, validUntil };
}

function changedReasons(brought: readonly WarningReason[], standing: readonly WarningReason[]) {
  const given = new Map(standing.map(({ key, reason }) => [key, reason]));
  return brought.flatMap(({ key, reason }) => (given.get(key) === reason ? [] : [{ key, reason }]));
}
