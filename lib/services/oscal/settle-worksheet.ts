import type { PlanConflict, WorksheetImport } from "@/lib/contracts/oscal-import";
import { linkOf, type StoredEvidence } from "@/lib/data/evidence";
import type { WorksheetTarget } from "@/lib/data/facts";
import { namesOf } from "@/lib/data/people";
import type { StoredSections } from "@/lib/data/sections";
import type { ScopedTx } from "@/lib/db/kinds";
import { countAlike, type EvidenceFields, evidenceFields, leavingEvidence } from "@/lib/domain/oscal/compare-worksheet";
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
    ...{ evidence: [...evidence.left], leaves: one.leaves, reasons: [...reasons.left] },
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

function settleEvidence(one: WorksheetImport, { target, evidence }: StandingNow): Settled<Evidence> {
  const links = evidence.map(linkOf);
  const stored = new Map(evidence.map((link) => [link.id, link]));
  const { requirementNumber } = target;
  const left: Evidence[] = [];
  const conflicts: PlanConflict[] = [];
  for (const [index, wanted] of one.evidence.entries()) {
    const sent = fieldsOf(wanted);
    if (wanted.changes === null) {
      const isAnother = (other: Evidence) => other.changes === null && isSame(fieldsOf(other), sent);
      const before = one.evidence.slice(0, index).filter(isAnother).length;
      const there = countAlike(links, sent) + left.filter(isAnother).length;
      if (there <= wanted.alike + before) left.push(wanted);
      continue;
    }
    const found = stored.get(wanted.changes.id);
    if (found?.version === wanted.changes.version) left.push(wanted);
    else if (!found || !isSame(evidenceFields(linkOf(found)), sent)) {
      const now = found ? { ...evidenceFields(linkOf(found)), version: found.version } : null;
      conflicts.push({ what: "evidence", requirementNumber, stored: now, sent });
    }
  }
  return { left, conflicts, already: one.evidence.length - left.length - conflicts.length };
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
