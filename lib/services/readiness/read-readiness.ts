import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import type { ReadinessDto, ReadinessQuery, WorksheetReadinessDto } from "@/lib/contracts/readiness";
import { listCriterionDecisions } from "@/lib/data/criterion-decisions";
import { toDay } from "@/lib/data/days";
import { contentOf } from "@/lib/data/sections";
import { countOpenThreads } from "@/lib/data/threads";
import { listCcws } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { freshnessOf } from "@/lib/domain/evidence/freshness";
import { engagementScore, type ReadinessFacts, readinessOf } from "@/lib/domain/readiness/readiness";
import { type Finding, findingsIn } from "@/lib/domain/rigour/finding";
import { warningsWithoutReason } from "@/lib/domain/rigour/reasons";
import { bareControls } from "@/lib/domain/rigour/rules/evidence";
import { isEditable } from "@/lib/domain/workflow/editing";
import { criteriaOf, criterionName } from "@/lib/domain/worksheet/criteria";
import { answerTo } from "@/lib/domain/worksheet/criteria-answers";
import { hasContent } from "@/lib/domain/worksheet/section-content";
import { inSections, SECTION_LABELS, sectionOrder } from "@/lib/domain/worksheet/sections";
import { type Assessment, assessAll } from "@/lib/services/rigour/assess";
import {
  type CcwMaterial,
  frozenNow,
  isCcw,
  loadMaterial,
  type WorksheetMaterial,
} from "@/lib/services/worksheet/material";
import { validityOf } from "@/lib/services/worksheet/validity";

/**
 * How ready the worksheets of an engagement are, and what each of them is missing. The number of queries does not grow with
 * the number of worksheets; the rules are asked of drafts alone, and of a draft that did not change since they were asked
 * last not again.
 */
export function readReadiness(
  context: ServiceContext,
  engagementId: string,
  { worksheetId }: ReadinessQuery = {},
): Promise<ReadinessDto> {
  return readScope(context, "readiness.read", { engagementId }, async (tx) => {
    const worksheets = await listCcws(tx, worksheetId === undefined ? undefined : [worksheetId]);
    const ids = worksheets.map(({ id }) => id);
    const materials = (await loadMaterial(tx, worksheets)).filter(isCcw);
    const drafts = materials.filter(({ worksheet }) => isEditable(worksheet.facts.state));
    const assessments = await assessAll(tx, drafts);
    const threads = await countOpenThreads(tx, ids);
    const decisions = await listCriterionDecisions(tx, ids);
    const lines = materials.map((material): WorksheetReadinessDto => {
      const { id } = material.worksheet;
      const met = decisions.filter(
        ({ kind, outcome, revisionId }) =>
          kind === "decision" && outcome === "met" && revisionId === frozenNow(material)?.id,
      );
      const beside = {
        assessment: assessments.get(id) ?? null,
        openThreads: threads.get(id) ?? 0,
        met: new Set<string>(met.map(({ criterion }) => criterion)),
      };
      return { ...lineOf(material), ...readinessOf(factsOf(tx, material, beside)) };
    });
    return { score: engagementScore(lines), worksheets: lines };
  });
}

function lineOf({ worksheet, header }: WorksheetMaterial) {
  const { requirementNumber, requirementTitle } = header;
  const { id: worksheetId, facts, revisionNumber } = worksheet;
  return { worksheetId, requirementNumber, requirementTitle, state: facts.state, revision: revisionNumber };
}

interface Beside {
  readonly assessment: Assessment | null;
  readonly openThreads: number;
  readonly met: ReadonlySet<string>;
}

function factsOf(tx: ScopedTx, material: CcwMaterial, { assessment, openThreads, met }: Beside): ReadinessFacts {
  const { header, worksheet } = material;
  const version = header.standardVersion;
  const sections = contentOf(material.sections);
  const { answers } = material.sections.criteria.content.items;
  const { outcomes, reasons } = assessment ?? { outcomes: [], reasons: [] };
  const today = toDay(tx.now);
  const evidence = inSections(material.evidence);
  const bare = bareControls({ sections, evidence });
  return {
    state: worksheet.facts.state,
    signature: validityOf(material, tx)?.status ?? null,
    unwritten: sectionOrder(version)
      .filter((section) => !hasContent(sections, section))
      .map((section) => ({ section, label: SECTION_LABELS[section] })),
    errors: findingsIn(outcomes, "error").map(shown),
    warnings: warningsWithoutReason(findingsIn(outcomes, "warning"), reasons).map(shown),
    controls: sections.definition.items.controls.map((control) => ({
      name: control.label || control.title || "a control",
      hasEvidence: !bare.includes(control),
    })),
    evidence: evidence.map(({ title, section, validUntil }) => ({
      ...{ title, section },
      expired: freshnessOf(validUntil, today) === "expired",
    })),
    criteria: criteriaOf(version).map(({ id }) => ({
      name: criterionName(id, version),
      answered: answerTo(answers, id).trim() !== "",
      met: met.has(id),
    })),
    openThreads,
  };
}

function shown({ message, place }: Finding) {
  return { message, section: place.section };
}
