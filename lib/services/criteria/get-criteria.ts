import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import type { CriteriaDto } from "@/lib/contracts/criteria";
import { describeCriteria } from "@/lib/services/criteria/criteria-dto";
import { recordView } from "@/lib/services/review/record-view";
import { requireCcw } from "@/lib/services/worksheet/material";

/**
 * What the entity answers to the criteria on a frozen revision, and what was decided over them: without a number on the
 * newest that the person may read. Seeing it as the other company is an event. @throws Failure not_found
 */
export async function getCriteria(
  context: ServiceContext,
  worksheetId: string,
  number: number | undefined,
): Promise<CriteriaDto> {
  const criteria = await readScope(context, "worksheet.read", { worksheetId }, (tx, grant) => {
    requireCcw(grant.worksheet);
    return describeCriteria(tx, grant, number);
  });
  await recordView(context, worksheetId, criteria.revision);
  return criteria;
}
