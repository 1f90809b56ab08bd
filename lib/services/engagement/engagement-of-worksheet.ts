import type { ServiceContext } from "@/lib/auth/context";
import { readListed } from "@/lib/auth/scope";
import type { OwnEngagementDto } from "@/lib/contracts/session";

/** The engagement that a worksheet belongs to, with the person's roles in it; null for whoever may not read the worksheet. */
export function engagementOfWorksheet(context: ServiceContext, worksheetId: string): Promise<OwnEngagementDto | null> {
  return readListed(context, "worksheet.read", { worksheetId }, async (_, { engagement, facts }) => {
    const { id, name, standardVersion } = engagement;
    return { id, name, standardVersion, roles: facts.engagement?.roles ?? [] };
  });
}
