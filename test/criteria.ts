import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { CriterionOutcome } from "@/lib/domain/workflow/criteria-gate";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import { decideCriterion } from "@/lib/services/criteria/decide-criterion";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import type { Person, World } from "@/test/world";

/** Answers every criterion of a worksheet, where none was answered yet. */
export async function answerCriteria(world: World, worksheetId: string, by: Person = "contributor"): Promise<void> {
  const context = await world.as(by);
  const { sections } = await getWorksheet(context, worksheetId);
  if (sections?.criteria?.version !== 0) return;
  await saveSection(context, worksheetId, "criteria", { baseVersion: 0, content: SAMPLE_ANSWERS });
}

/** Decides over one criterion of what stands in review. */
export async function decide(
  world: World,
  worksheetId: string,
  criterion: CriterionId,
  outcome: CriterionOutcome,
  { note = outcome === "met" ? "" : "Which users?", by = "qsa" as Person } = {},
): Promise<CriteriaDto> {
  const context = await world.as(by);
  const { digest, criteria } = await getCriteria(context, worksheetId, undefined);
  const baseVersion = criteria.find(({ id }) => id === criterion)?.decision?.version ?? 0;
  return decideCriterion(context, worksheetId, criterion, { kind: "decision", digest, baseVersion, outcome, note });
}

/** Finds every criterion met that is not found so yet, as whoever signs does before. */
export async function meetCriteria(world: World, worksheetId: string, by: Person = "qsa"): Promise<void> {
  const { criteria } = await getCriteria(await world.as(by), worksheetId, undefined);
  for (const { id, decision } of criteria) {
    if (decision?.outcome !== "met") await decide(world, worksheetId, id, "met", { by });
  }
}
