import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import type { BulkAssignInput } from "@/lib/contracts/disposition";
import { notFound } from "@/lib/contracts/failure";
import { assignDispositions } from "@/lib/data/dispositions";
import { requireEntityPerson } from "@/lib/services/disposition/decide-disposition";
import { type WorkbookDto, workbookDto } from "@/lib/services/disposition/read-workbook";

/** Gives many rows an owner or a due date: all of them or none. @throws Failure not_found, invalid */
export function bulkAssign(
  context: ServiceContext,
  engagementId: string,
  input: BulkAssignInput,
): Promise<WorkbookDto> {
  return changeScope(context, "disposition.add", { engagementId }, "none", async (tx, grant) => {
    const { ids: given, ...change } = input;
    const ids = [...new Set(given)];
    await requireEntityPerson(tx, change.ownerId ?? null);
    if ((await assignDispositions(tx, ids, change)) !== ids.length) throw notFound();
    recordInEngagement(context, tx, {
      action: "disposition.assigned",
      detail: { dispositionIds: ids, ...change },
      changes: ids.map((id) => ({ table: "disposition", id })),
    });
    return workbookDto(tx, grant);
  });
}
