import type { Blocker } from "@/lib/contracts/problem";
import type { RigourDto } from "@/lib/contracts/rigour";
import { toDay } from "@/lib/data/days";
import { membersWithRole } from "@/lib/data/engagements";
import { linkOf } from "@/lib/data/evidence";
import { findOrigins, type StoredOrigin } from "@/lib/data/origins";
import { catalogueOf } from "@/lib/data/requirements";
import { contentOf } from "@/lib/data/sections";
import { listTransitions } from "@/lib/data/transitions";
import { dispositionsOf } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Outcome } from "@/lib/domain/rigour/finding";
import { stopsFor } from "@/lib/domain/rigour/gate";
import type { GateStop } from "@/lib/domain/rigour/gate-words";
import { knowledgeFor, type RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import { failedRules } from "@/lib/domain/rigour/reasons";
import { type CopySource, type RigourFacts, sampleAnswers } from "@/lib/domain/rigour/subject";
import { submissionBlockers } from "@/lib/domain/workflow/all-blockers";
import { isEditable } from "@/lib/domain/workflow/editing";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import type { WorksheetOrigin } from "@/lib/domain/worksheet/origin";
import { inSections } from "@/lib/domain/worksheet/sections";
import { logger } from "@/lib/logger";
import { askRules } from "@/lib/services/rigour/remember";
import { blockerDto } from "@/lib/services/rigour/require-gate";
import { type CcwMaterial, evidenceFacts } from "@/lib/services/worksheet/material";

/** What the rules are asked with, and what they say. */
export interface Assessment extends RigourDto {
  readonly outcomes: readonly Outcome[];
  readonly stops: readonly GateStop[];
}

/** What whoever asks about a worksheet knows already. */
export interface Known {
  /** What it began as, null for nothing; looked up where it is left out. */
  readonly origin?: StoredOrigin | null;
  /** Who is about to approve it inside: the history does not name them before it is done. */
  readonly approver?: string;
}

/** Asks the rules about a worksheet as it stands now. */
export async function assess(tx: ScopedTx, material: CcwMaterial, known: Known = {}): Promise<Assessment> {
  const { id } = material.worksheet;
  const { origin, approver } = known;
  const origins = origin === undefined ? undefined : new Map(origin ? [[id, origin]] : []);
  const assessment = (await assessAll(tx, [material], origins, approver)).get(id);
  if (!assessment) throw new Error("The rules were not asked.");
  return assessment;
}

/**
 * Asks the rules about some worksheets, by the worksheet's id; it takes as many queries as for one. What they began as is
 * looked up unless it is given; `approver` is about to approve each of them.
 */
export async function assessAll(
  tx: ScopedTx,
  materials: readonly CcwMaterial[],
  given?: ReadonlyMap<string, StoredOrigin>,
  approver?: string,
): Promise<ReadonlyMap<string, Assessment>> {
  if (materials.length === 0) return new Map();
  const ids = materials.map(({ worksheet }) => worksheet.id);
  const catalogue = await catalogueOf(tx, tx.engagement.catalogueVersion);
  const origins = given ?? (await findOrigins(tx, ids));
  const facts = await loadFacts(tx, materials, origins, approver);
  return new Map(
    materials.map((material) => {
      const { id } = material.worksheet;
      const knowledge = knowledgeFor(catalogue, material.header.standardVersion, material.worksheet.requirementNumber);
      return [id, assessed(material, knowledge, facts(material), origins.get(id))];
    }),
  );
}

function assessed(
  material: CcwMaterial,
  knowledge: RigourKnowledge,
  facts: RigourFacts,
  origin: StoredOrigin | undefined,
): Assessment {
  const { worksheet, header, settings } = material;
  const subject = {
    standardVersion: header.standardVersion,
    requirementNumber: worksheet.requirementNumber,
    sections: contentOf(material.sections),
    evidence: inSections(material.evidence.map(linkOf)),
    facts,
  };
  const outcomes = askRules(subject, knowledge, settings);
  for (const { rule, detail } of failedRules(outcomes)) {
    // The rule and the kind of its error, and nothing that somebody wrote.
    logger().error({ rule, detail, worksheetId: worksheet.id }, "A rule of the checks failed.");
  }
  const { eligibilityVersion, warningReasons: reasons } = worksheet;
  const references = referencesOf(origin);
  const stops = stopsFor(knowledge, facts);
  return { knowledge, settings, facts, eligibilityVersion, reasons, outcomes, stops, references };
}

/** What the page needs in order to ask the rules itself. */
export function rigourDto(assessment: Assessment): RigourDto {
  const { outcomes: _outcomes, stops: _stops, ...asked } = assessment;
  return asked;
}

/** What carrying over did to references, also where the draft was emptied and begun anew since. */
function referencesOf(origin: StoredOrigin | undefined): readonly CarriedReference[] {
  return [...(origin ? [origin, ...origin.earlier] : [])].flatMap((one) =>
    one.kind === "carried_over" ? one.source.references : [],
  );
}

/** What stops a submission right now, in words. */
export function blockersOf({ sections, evidence, header }: CcwMaterial, assessment: Assessment): Blocker[] {
  return submissionBlockers({
    ...assessment,
    version: header.standardVersion,
    evidence: evidence.map(evidenceFacts),
    answers: sections.criteria.content.items.answers,
    sampled: sampleAnswers(assessment.facts),
    carried: { references: assessment.references, sections: contentOf(sections) },
  }).map(blockerDto);
}

function copiedFrom({ kind, title, sections, answers }: WorksheetOrigin): CopySource {
  return { kind: kind === "sample" ? kind : "worksheet", title, sections, answers };
}

/** Reads what the rules have to know beside the texts of some worksheets. */
async function loadFacts(
  tx: ScopedTx,
  materials: readonly CcwMaterial[],
  origins: ReadonlyMap<string, StoredOrigin>,
  approver: string | undefined,
): Promise<(material: CcwMaterial) => RigourFacts> {
  const moves = await listTransitions(
    tx,
    materials.map(({ worksheet }) => worksheet.id),
  );
  const dispositions = await dispositionsOf(
    tx,
    materials.map(({ worksheet }) => worksheet.dispositionId),
  );
  const qsas = await membersWithRole(tx, "qsa_lead");
  return ({ worksheet }) => {
    const origin = origins.get(worksheet.id);
    // Whoever approved another round approved another text.
    const approval = moves.findLast(
      ({ move, worksheetId }) => worksheetId === worksheet.id && (move === "submit" || move === "approve_internally"),
    );
    return {
      today: toDay(tx.now),
      assessmentType: tx.engagement.assessmentType,
      customizedApproach: dispositions.get(worksheet.dispositionId) === "customized_approach",
      eligibility: worksheet.eligibility ?? UNANSWERED,
      people: {
        authors: worksheet.facts.authorIds,
        // What was approved is no longer what is written, once somebody writes again.
        approver:
          approver ??
          (!isEditable(worksheet.facts.state) && approval?.move === "approve_internally" ? approval.byId : null),
        qsas,
      },
      copiedFrom: origin ? copiedFrom(origin) : null,
      ...(origin && origin.earlier.length > 0 ? { copiedBefore: origin.earlier.map(copiedFrom) } : {}),
      language: null,
    };
  };
}
