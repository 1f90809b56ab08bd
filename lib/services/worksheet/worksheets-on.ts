import type { SignedInContext } from "@/lib/auth/context";
import { couldDo, readScope } from "@/lib/auth/scope";
import type { RequirementParams } from "@/lib/contracts/catalogue";
import type { WorksheetUseDto } from "@/lib/contracts/worksheet";
import { listWorksheets } from "@/lib/data/worksheets";
import { readMe } from "@/lib/services/account/read-me";

/** The worksheets on one requirement that the person may read, over all engagements in which they have a role. */
export async function worksheetsOn(
  context: SignedInContext,
  { version, number }: RequirementParams,
): Promise<readonly WorksheetUseDto[]> {
  const { engagements } = await readMe(context);
  const uses: WorksheetUseDto[] = [];
  for (const { id: engagementId } of engagements) {
    const found = await readScope(context, "disposition.read", { engagementId }, async (tx, grant) => {
      const { standardVersion, name } = grant.engagement;
      if (standardVersion !== version) return [];
      return (await listWorksheets(tx))
        .filter((one) => one.requirementNumber === number && couldDo(grant, "worksheet.read", one.facts))
        .map(({ id, facts, revisionNumber }) => ({
          id,
          state: facts.state,
          revision: revisionNumber,
          engagement: { id: engagementId, name },
        }));
    });
    uses.push(...found);
  }
  return uses;
}
