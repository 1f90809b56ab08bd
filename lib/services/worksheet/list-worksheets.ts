import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import type { Collection } from "@/lib/contracts/paging";
import type { WorksheetListItemDto } from "@/lib/contracts/worksheet";
import { visibleWorksheets } from "@/lib/services/worksheet/visible-worksheets";

/** The worksheets of an engagement that the person may read, in the order of their requirements. */
export function listWorksheets(
  context: ServiceContext,
  engagementId: string,
): Promise<Collection<WorksheetListItemDto>> {
  return readScope(context, "disposition.read", { engagementId }, async (tx, grant) => {
    const items = await visibleWorksheets(tx, grant);
    return { total: items.length, items };
  });
}
