import type { SignedInContext } from "@/lib/auth/context";
import { permissionFor, readListed } from "@/lib/auth/scope";
import type { RequirementParams } from "@/lib/contracts/catalogue";
import type { WorksheetUseDto } from "@/lib/contracts/worksheet";
import { listTransitions } from "@/lib/data/transitions";
import { listWorksheets } from "@/lib/data/worksheets";
import { ownPlaces } from "@/lib/services/account/own-engagements";
import { stateFor } from "@/lib/services/worksheet/history-dto";

/** The worksheets on one requirement that the person may read, over all engagements in which they have a role. */
export async function worksheetsOn(
  context: SignedInContext,
  { version, number }: RequirementParams,
): Promise<readonly WorksheetUseDto[]> {
  const engagements = await ownPlaces(context, { standardVersion: version, numberWritten: number });
  const uses: WorksheetUseDto[] = [];
  for (const { id: engagementId } of engagements) {
    const found = await readListed(context, "disposition.read", { engagementId }, async (tx, grant) => {
      const { standardVersion, name } = grant.engagement;
      if (standardVersion !== version) return [];
      const worksheets = (await listWorksheets(tx)).filter((one) => one.requirementNumber === number);
      const moves = await listTransitions(
        tx,
        worksheets.map(({ id }) => id),
      );
      return worksheets.flatMap(({ id, kind, facts, revisionNumber }): WorksheetUseDto[] => {
        const permission = permissionFor(grant, "worksheet.read", facts);
        if (!permission) return [];
        const own = moves.filter(({ worksheetId }) => worksheetId === id);
        const state = stateFor(permission.view, facts.state, own);
        return [{ id, kind, state, revision: revisionNumber, engagement: { id: engagementId, name } }];
      });
    });
    uses.push(...(found ?? []));
  }
  return uses;
}
