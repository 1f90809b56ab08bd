import type { Blocker } from "@/lib/contracts/problem";
import type { RigourDto } from "@/lib/contracts/rigour";
import { toDay } from "@/lib/data/days";
import { membersWithRole } from "@/lib/data/engagements";
import { linkOf } from "@/lib/data/evidence";
import { findOrigin, type StoredOrigin } from "@/lib/data/origins";
import { catalogueOf } from "@/lib/data/requirements";
import { contentOf } from "@/lib/data/sections";
import { listTransitions } from "@/lib/data/transitions";
import { dispositionOf } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import type { Outcome } from "@/lib/domain/rigour/finding";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { DEFAULT_RIGOUR_SETTINGS } from "@/lib/domain/rigour/settings";
import { type RigourFacts, sampleAnswers } from "@/lib/domain/rigour/subject";
import { answerBlockers, sampleAnswerBlockers } from "@/lib/domain/workflow/criteria-gate";
import { isEditable } from "@/lib/domain/workflow/editing";
import { evidenceBlockers, rigourBlockers } from "@/lib/domain/workflow/submission";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import { evidenceFacts, type WorksheetMaterial } from "@/lib/services/worksheet/material";

/** What the rules are asked with, and what they say. */
export interface Assessment extends RigourDto {
  readonly outcomes: readonly Outcome[];
}

/** Asks the rules about a worksheet as it stands now. Its origin is looked up unless it is given. */
export async function assess(
  tx: ScopedTx,
  material: WorksheetMaterial,
  given?: StoredOrigin | null,
): Promise<Assessment> {
  const { worksheet, header } = material;
  const catalogue = await catalogueOf(tx, tx.engagement.catalogueVersion);
  const knowledge = knowledgeFor(catalogue, header.standardVersion, worksheet.requirementNumber);
  const origin = given === undefined ? await findOrigin(tx, worksheet.id) : given;
  const facts = await factsOf(tx, material, origin);
  const subject = {
    standardVersion: header.standardVersion,
    requirementNumber: worksheet.requirementNumber,
    sections: contentOf(material.sections),
    evidence: material.evidence.map(linkOf),
    facts,
  };
  const settings = DEFAULT_RIGOUR_SETTINGS;
  const outcomes = evaluateRigour(subject, knowledge, settings);
  return { knowledge, settings, facts, reasons: worksheet.warningReasons, outcomes };
}

/** What the page needs in order to ask the rules itself. */
export function rigourDto({ knowledge, settings, facts, reasons }: Assessment): RigourDto {
  return { knowledge, settings, facts, reasons };
}

/** What stops a submission right now, in words. */
export function blockersOf(material: WorksheetMaterial, { outcomes, reasons, facts }: Assessment): Blocker[] {
  const { sections, header } = material;
  const { answers } = sections.criteria.content.items;
  const found = [
    ...rigourBlockers(outcomes, reasons),
    ...evidenceBlockers(material.evidence.map(evidenceFacts)),
    ...answerBlockers(answers, header.standardVersion),
    ...sampleAnswerBlockers(answers, header.standardVersion, sampleAnswers(facts)),
  ];
  return found.map(({ section, itemId, message, rule }) => ({
    section,
    ...(itemId && { itemId }),
    message,
    ...(rule && { rule }),
  }));
}

function copiedFrom({ kind, title, sections, answers }: StoredOrigin): RigourFacts["copiedFrom"] {
  return { kind: kind === "sample" ? kind : "worksheet", title, sections, answers };
}

async function factsOf(
  tx: ScopedTx,
  { worksheet }: WorksheetMaterial,
  origin: StoredOrigin | null,
): Promise<RigourFacts> {
  const moves = await listTransitions(tx, [worksheet.id]);
  // Whoever approved another round approved another text.
  const approval = moves.findLast(({ move }) => move === "submit" || move === "approve_internally");
  return {
    today: toDay(tx.now),
    assessmentType: tx.engagement.assessmentType,
    customizedApproach: (await dispositionOf(tx, worksheet.dispositionId)) === "customized_approach",
    eligibility: worksheet.eligibility ?? UNANSWERED,
    people: {
      authors: worksheet.facts.authorIds,
      // What was approved is no longer what is written, once somebody writes again.
      approver: !isEditable(worksheet.facts.state) && approval?.move === "approve_internally" ? approval.byId : null,
      qsas: await membersWithRole(tx, "qsa_lead"),
    },
    copiedFrom: origin && copiedFrom(origin),
    language: null,
  };
}
