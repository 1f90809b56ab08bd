import type { Blocker } from "@/lib/contracts/problem";
import type { RigourDto } from "@/lib/contracts/rigour";
import { toDay } from "@/lib/data/days";
import { membersWithRole } from "@/lib/data/engagements";
import { linkOf } from "@/lib/data/evidence";
import { catalogueOf } from "@/lib/data/requirements";
import { contentOf } from "@/lib/data/sections";
import { listTransitions } from "@/lib/data/transitions";
import { dispositionsOf } from "@/lib/data/workbook-rows";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Outcome } from "@/lib/domain/rigour/finding";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { DEFAULT_RIGOUR_SETTINGS } from "@/lib/domain/rigour/settings";
import type { RigourFacts } from "@/lib/domain/rigour/subject";
import { answerBlockers } from "@/lib/domain/workflow/criteria-gate";
import { isEditable } from "@/lib/domain/workflow/editing";
import { evidenceBlockers, rigourBlockers } from "@/lib/domain/workflow/submission";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import { askRules } from "@/lib/services/rigour/remember";
import { evidenceFacts, type WorksheetMaterial } from "@/lib/services/worksheet/material";

/** What the rules are asked with, and what they say. */
export interface Assessment extends RigourDto {
  readonly outcomes: readonly Outcome[];
}

/** Asks the rules about a worksheet as it stands now. */
export async function assess(tx: ScopedTx, material: WorksheetMaterial): Promise<Assessment> {
  const assessment = (await assessAll(tx, [material])).get(material.worksheet.id);
  if (!assessment) throw new Error("The rules were not asked.");
  return assessment;
}

/** Asks the rules about some worksheets, by the worksheet's id; it takes as many queries as for one. */
export async function assessAll(
  tx: ScopedTx,
  materials: readonly WorksheetMaterial[],
): Promise<ReadonlyMap<string, Assessment>> {
  if (materials.length === 0) return new Map();
  const catalogue = await catalogueOf(tx, tx.engagement.catalogueVersion);
  const facts = await loadFacts(tx, materials);
  const settings = DEFAULT_RIGOUR_SETTINGS;
  return new Map(
    materials.map((material) => {
      const { worksheet, header } = material;
      const knowledge = knowledgeFor(catalogue, header.standardVersion, worksheet.requirementNumber);
      const own = facts(material);
      const subject = {
        standardVersion: header.standardVersion,
        requirementNumber: worksheet.requirementNumber,
        sections: contentOf(material.sections),
        evidence: material.evidence.map(linkOf),
        facts: own,
      };
      const outcomes = askRules(subject, knowledge, settings);
      return [worksheet.id, { knowledge, settings, facts: own, reasons: worksheet.warningReasons, outcomes }];
    }),
  );
}

/** What the page needs in order to ask the rules itself. */
export function rigourDto({ knowledge, settings, facts, reasons }: Assessment): RigourDto {
  return { knowledge, settings, facts, reasons };
}

/** What stops a submission right now, in words. */
export function blockersOf(material: WorksheetMaterial, { outcomes, reasons }: Assessment): Blocker[] {
  const { sections, header } = material;
  const found = [
    ...rigourBlockers(outcomes, reasons),
    ...evidenceBlockers(material.evidence.map(evidenceFacts)),
    ...answerBlockers(sections.criteria.content.items.answers, header.standardVersion),
  ];
  return found.map(({ section, itemId, message, rule }) => ({
    section,
    ...(itemId && { itemId }),
    message,
    ...(rule && { rule }),
  }));
}

/** Reads what the rules have to know beside the texts of some worksheets. */
async function loadFacts(
  tx: ScopedTx,
  materials: readonly WorksheetMaterial[],
): Promise<(material: WorksheetMaterial) => RigourFacts> {
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
        approver: !isEditable(worksheet.facts.state) && approval?.move === "approve_internally" ? approval.byId : null,
        qsas,
      },
      copiedFrom: null,
      language: null,
    };
  };
}
