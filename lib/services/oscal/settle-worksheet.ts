import type { PlanConflict, WorksheetImport } from "@/lib/contracts/oscal-import";
import { linkOf, type StoredEvidence } from "@/lib/data/evidence";
import type { WorksheetTarget } from "@/lib/data/facts";
import { namesOf } from "@/lib/data/people";
import type { StoredSections } from "@/lib/data/sections";
import type { ScopedTx } from "@/lib/db/kinds";
import { leavingEvidence } from "@/lib/domain/oscal/compare-worksheet";
import { type EvidenceFields, evidenceFields, evidenceWords } from "@/lib/domain/oscal/pair-evidence";
import { isSame } from "@/lib/domain/same";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import type { Control } from "@/lib/domain/worksheet/model";
import { sectionDto } from "@/lib/services/worksheet/section-dto";

/** What is left of some changes, once they were held against what stands. */
export interface Settled<T> {
  readonly left: readonly T[];
  readonly conflicts: readonly PlanConflict[];
  /** How many say what stands. */
  readonly already: number;
}

/** A worksheet as it stands. */
export interface StandingNow {
  readonly target: WorksheetTarget;
  readonly sections: StoredSections;
  readonly evidence: readonly StoredEvidence[];
}

/**
 * Holds a worksheet of an import against the one that stands. One that was to be opened and is there by now has to say what
 * was sent, or it is a conflict: the preview saw nothing of it.
 */
export async function settleWorksheet(
  tx: ScopedTx,
  one: WorksheetImport,
  now: StandingNow,
): Promise<Settled<WorksheetImport>> {
  const parts = await settleParts(tx, one, now);
  const eligibility = settleGate(one, now);
  const evidence = settleEvidence(one, now);
  const leaving = settleLeaving(parts.left, one, now);
  const reasons = settleReasons(one, now);
  const all = [parts, eligibility, evidence, reasons];
  const conflicts = [...all.flatMap((settled) => settled.conflicts), ...leaving];
  const already = all.reduce((sum, settled) => sum + settled.already, 0);
  const { requirementNumber, id, facts } = now.target;
  if (one.worksheetId === null && conflicts.length > 0) {
    const opened = { what: "worksheet", requirementNumber, stored: { id, state: facts.state }, sent: null } as const;
    return { left: [], conflicts: [opened, ...conflicts], already };
  }
  if (all.every(({ left }) => left.length === 0)) return { left: [], conflicts, already };
  const left: WorksheetImport = {
    ...{ dispositionId: one.dispositionId, worksheetId: id, rowVersion: null },
    ...{ eligibility: eligibility.left[0] ?? null, parts: [...parts.left] },
    ...{ evidence: [...evidence.left], seen: one.seen, leaves: one.leaves, reasons: [...reasons.left] },
  };
  return { left: [left], conflicts, already };
}

type Part = WorksheetImport["parts"][number];

async function settleParts(
  tx: ScopedTx,
  { worksheetId, parts }: WorksheetImport,
  { target, sections }: StandingNow,
): Promise<Settled<Part>> {
  const isBase = ({ key, baseVersion }: Part) => worksheetId !== null && sections[key].version === baseVersion;
  const others = parts.filter((part) => !isBase(part));
  const changed = others.filter(({ key, content }) => !isSame(sections[key].content, content));
  const editors = changed.map(({ key }) => sections[key].updatedById);
  const names = changed.length > 0 ? await namesOf(tx, editors) : new Map();
  return {
    left: parts.filter(isBase),
    already: others.length - changed.length,
    conflicts: changed.map(({ key, content: sent }) => ({
      ...{ what: "section", requirementNumber: target.requirementNumber },
      ...{ stored: sectionDto(sections[key], names), sent },
    })),
  };
}

type Gate = NonNullable<WorksheetImport["eligibility"]>;

function settleGate({ worksheetId, eligibility }: WorksheetImport, { target }: StandingNow): Settled<Gate> {
  const { eligibility: answers, eligibilityVersion: version, requirementNumber } = target;
  if (!eligibility) return { left: [], conflicts: [], already: 0 };
  if (worksheetId !== null && eligibility.baseVersion === version) {
    return { left: [eligibility], conflicts: [], already: 0 };
  }
  const sent = eligibility.answers;
  if (isSame(answers, sent)) return { left: [], conflicts: [], already: 1 };
  const stored = { version, answers: answers ?? UNANSWERED };
  return { left: [], conflicts: [{ what: "eligibility", requirementNumber, stored, sent }], already: 0 };
}

type Evidence = WorksheetImport["evidence"][number];

/** What a piece of evidence meets: it is there, or another one in its way, null where the one to be changed is gone; undefined for none. */
type Met = "there" | StoredEvidence | null | undefined;

function settleEvidence(one: WorksheetImport, { target, evidence }: StandingNow): Settled<Evidence> {
  const stored = new Map(evidence.map((link) => [link.id, link]));
  const { requirementNumber } = target;
  const left: Evidence[] = [];
  const conflicts: PlanConflict[] = [];
  const added = settleAdded(one, evidence);
  for (const wanted of one.evidence) {
    const met = wanted.changes === null ? added.get(wanted) : settleChanged(wanted, stored.get(wanted.changes.id));
    if (met === undefined) left.push(wanted);
    else if (met !== "there") {
      const now = met && { ...evidenceFields(linkOf(met)), version: met.version };
      conflicts.push({ what: "evidence", requirementNumber, stored: now, sent: fieldsOf(wanted) });
    }
  }
  return { left, conflicts, already: one.evidence.length - left.length - conflicts.length };
}

function settleChanged(wanted: Evidence, found: StoredEvidence | undefined): Met {
  if (!found) return null;
  if (found.version === wanted.changes?.version) return undefined;
  return isSame(evidenceFields(linkOf(found)), fieldsOf(wanted)) ? "there" : found;
}

/**
 * Evidence that was to be added and is there by now; or, of what came or was changed since the preview and says something else,
 * the piece that stands in its way: whoever corrected what the same preview had added, or corrected another to say just that,
 * would otherwise have it twice. What the import itself changes is judged as such. What says the same may be the worksheet's
 * own or a shared control's by now; what came with a shared control and says something else is in nobody's way.
 */
function settleAdded(
  { evidence: wanted, seen = [] }: WorksheetImport,
  evidence: readonly StoredEvidence[],
): ReadonlyMap<Evidence, Met> {
  const known = new Map(seen.map(({ id, version }) => [id, version]));
  const changed = new Set(wanted.map(({ changes }) => changes?.id));
  const since = new Map<string, StoredEvidence[]>();
  for (const one of evidence) {
    if (changed.has(one.id) || known.get(one.id) === one.version) continue;
    const words = evidenceWords(evidenceFields(linkOf(one)));
    const alike = since.get(words);
    if (alike) alike.push(one);
    else since.set(words, [one]);
  }
  const settled = new Map<Evidence, Met>();
  const additions = wanted.filter(({ changes }) => changes === null);
  for (const one of additions) if (since.get(evidenceWords(fieldsOf(one)))?.pop()) settled.set(one, "there");
  const others = [...since.values()].flat().filter(({ controlRecordId }) => controlRecordId === null);
  for (const one of additions) {
    const other = settled.has(one) ? undefined : others.shift();
    if (other) settled.set(one, other);
  }
  return settled;
}

/** What leaves with a shared control is what the preview showed, or it is a conflict. */
function settleLeaving(
  parts: readonly Part[],
  { leaves }: WorksheetImport,
  { target, evidence }: StandingNow,
): readonly PlanConflict[] {
  const definition = parts.find(({ key }) => key === "definition");
  if (definition?.key !== "definition") return [];
  const seen = new Map(leaves.map(({ id, version }) => [id, version]));
  // What the contract takes may leave out what is optional by undefined, which says the same.
  const controls = definition.content.items.controls as readonly Control[];
  return leavingEvidence(controls, evidence)
    .filter(({ id, version }) => seen.get(id) !== version)
    .map((one) => ({
      ...{ what: "evidence", requirementNumber: target.requirementNumber, sent: null },
      stored: { ...evidenceFields(linkOf(one)), version: one.version },
    }));
}

function fieldsOf({ fields: { acknowledgeCardNumber: _, ...fields } }: Evidence): EvidenceFields {
  return fields as EvidenceFields;
}

type Reason = WorksheetImport["reasons"][number];

function settleReasons({ reasons }: WorksheetImport, { target }: StandingNow): Settled<Reason> {
  const given = new Map(target.warningReasons.map(({ key, reason }) => [key, reason]));
  const now = ({ key }: Reason) => given.get(key) ?? "";
  const others = reasons.filter((one) => now(one) !== one.reason.trim());
  const changed = others.filter((one) => now(one) !== one.before);
  const { requirementNumber } = target;
  return {
    left: others.filter((one) => now(one) === one.before),
    already: reasons.length - others.length,
    conflicts: changed.map((one) => ({
      ...{ what: "reason", requirementNumber, key: one.key },
      ...{ stored: now(one), sent: one.reason },
    })),
  };
}
