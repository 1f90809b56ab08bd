import type { ServiceContext } from "@/lib/auth/context";
import { couldDo, type Grant, readScope } from "@/lib/auth/scope";
import type { ScopeDto, ScopeResultDto, TriggeredRequirementDto } from "@/lib/contracts/scope-result";
import { namesOf, personRef } from "@/lib/data/people";
import { findAnswers, type ScopeAnswersRow } from "@/lib/data/scope-answers";
import type { ScopedTx } from "@/lib/db/kinds";
import { find } from "@/lib/domain/catalogue/tree";
import { overallVerdict } from "@/lib/domain/keys/suitability";
import type { WorkbookRequirement } from "@/lib/domain/keys/workbook";
import { finalChecks } from "@/lib/domain/scope/final-checks";
import { progressOf } from "@/lib/domain/scope/wizard";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import { loadScope, type ScopeState } from "@/lib/services/scope/scope-facts";

/** The wizard's answers. @throws Failure not_found, forbidden */
export function readScopeAnswers(context: ServiceContext, engagementId: string): Promise<ScopeDto> {
  return readScope(context, "scope.read", { engagementId }, async (tx, grant) =>
    scopeDto(tx, grant, await findAnswers(tx)),
  );
}

/** Answers as the page takes them. */
export async function scopeDto(tx: ScopedTx, grant: Grant, row: ScopeAnswersRow): Promise<ScopeDto> {
  const names = await namesOf(tx, [row.updatedById]);
  return {
    version: row.version,
    answers: row.answers,
    updatedAt: row.updatedAt?.toISOString() ?? null,
    updatedBy: row.updatedById === null ? null : personRef(names, row.updatedById),
    mayEdit: couldDo(grant, "scope.answer", null),
  };
}

/** What follows from the answers: both readings with their reasons, the verdict, the final checks. */
export function readScopeResult(context: ServiceContext, engagementId: string): Promise<ScopeResultDto> {
  return readScope(context, "scope.read", { engagementId }, async (tx, grant) => {
    const scope = await loadScope(tx);
    const { answers } = scope.row;
    const { catalogue, result, requirements } = scope;
    const rows = new Map((await readRows(tx, grant)).map((row) => [row.requirementNumber, row]));
    const dispositions = new Map([...rows].map(([number, row]) => [number, row.disposition]));
    return {
      answered: progressOf(answers),
      options: result.options,
      verdict: overallVerdict(catalogue.keyOptions.filter(({ id }) => result.options.includes(id))),
      rowCounts: result.counts,
      requirementCounts: {
        article: requirements.filter(({ article }) => article !== "clear").length,
        today: requirements.filter(({ today }) => today !== "clear").length,
      },
      requirements: requirements.map((requirement) => {
        const row = rows.get(requirement.number);
        const disposition = row ? { id: row.id, disposition: row.disposition, worksheet: row.worksheet } : null;
        return { ...triggered(scope, requirement), disposition };
      }),
      finalChecks: finalChecks(answers, requirements, dispositions).flatMap((outcome) => {
        const check = catalogue.finalChecks.find(({ id }) => id === outcome.check);
        if (!check) return [];
        const { title, question, passWhen, ifFail, severity } = check;
        return [{ ...outcome, title, question, passWhen, ifFail, severity }];
      }),
    };
  });
}

function triggered(scope: ScopeState, requirement: WorkbookRequirement): Omit<TriggeredRequirementDto, "disposition"> {
  const { number, article, today, primary } = requirement;
  return {
    number,
    article,
    today,
    primary,
    title: find(scope.own, number)?.title ?? number,
    rows: requirement.rows.map(({ row, result, primary: first }) => ({
      row: row.id,
      title: row.title,
      primary: first,
      article: result.article,
      today: result.today,
      statusToday: row.statusToday,
      statusNote: row.statusNote,
      disputed: row.disputed,
      disputeReason: row.disputeReason,
      asOf: row.asOf,
      sources: row.sources,
    })),
  };
}
