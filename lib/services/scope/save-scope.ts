import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { ScopeSavedDto } from "@/lib/contracts/scope-result";
import { insertDispositions } from "@/lib/data/dispositions";
import { catalogueOf } from "@/lib/data/requirements";
import { findAnswers, saveAnswers } from "@/lib/data/scope-answers";
import { compareScopes } from "@/lib/domain/keys/compare";
import { isSame } from "@/lib/domain/same";
import type { AnswerName, ScopeAnswers } from "@/lib/domain/scope/answers";
import { resultOf } from "@/lib/domain/scope/wizard";
import { scopeDto } from "@/lib/services/scope/read-scope";
import { requirementsOf } from "@/lib/services/scope/scope-facts";

/**
 * Saves the wizard's answers, computes anew what they trigger and brings missing requirements into the workbook.
 * Rows are never taken away here: what was decided or begun stays.
 * @throws Failure stale with the stored answers
 */
export function saveScope(
  context: ServiceContext,
  engagementId: string,
  input: { readonly version: number; readonly answers: ScopeAnswers },
): Promise<ScopeSavedDto> {
  return changeScope(context, "scope.answer", { engagementId }, "none", async (tx, grant) => {
    const before = await findAnswers(tx);
    if (before.version !== input.version || !(await saveAnswers(tx, input.version, input.answers))) {
      const current = await scopeDto(tx, grant, await findAnswers(tx));
      throw new Failure("stale", "Somebody else changed the answers meanwhile.", { current });
    }
    const catalogue = await catalogueOf(tx, tx.engagement.catalogueVersion);
    const numbers = requirementsOf(tx.engagement, catalogue, input.answers).map(({ number }) => number);
    const added = await insertDispositions(tx, numbers, "scope");
    recordInEngagement(context, tx, {
      action: "scope.answered",
      detail: {
        version: input.version + 1,
        answers: input.answers,
        added: added.map((row) => row.requirementNumber),
        before: { answers: changedAnswers(before.answers, input.answers) },
      },
      changes: [{ table: "scope_answer", id: engagementId }, ...added.map(({ id }) => ({ table: "disposition", id }))],
    });
    return {
      scope: await scopeDto(tx, grant, await findAnswers(tx)),
      changes: compareScopes(resultOf(before.answers), resultOf(input.answers)),
      added: added.map((row) => row.requirementNumber),
    };
  });
}

/** The former answers of those that changed; null for one that had not been given. */
function changedAnswers(before: ScopeAnswers, after: ScopeAnswers): Readonly<Record<string, unknown>> {
  const names = Object.keys({ ...before, ...after }) as AnswerName[];
  const changed = names.filter((name) => !isSame(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, before[name] ?? null]));
}
