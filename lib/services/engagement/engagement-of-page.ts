import type { ServiceContext } from "@/lib/auth/context";
import { type Grant, readListed } from "@/lib/auth/scope";
import type { OwnEngagementDto } from "@/lib/contracts/session";
import { uuid } from "@/lib/contracts/text";

/**
 * The engagement that a page belongs to by its path, an engagement's or a worksheet's, with the person's roles in it; null
 * for other pages, and for whoever may not read what the page shows. It decides nothing: the page authorises itself.
 */
export async function engagementOfPage(context: ServiceContext, path: string): Promise<OwnEngagementDto | null> {
  const [, place, name] = path.split("/");
  const id = uuid.safeParse(name);
  if (!id.success) return null;
  if (place === "engagements") return readListed(context, "engagement.read", { engagementId: id.data }, ofGrant);
  return place === "worksheets" ? readListed(context, "worksheet.read", { worksheetId: id.data }, ofGrant) : null;
}

async function ofGrant(_: unknown, { engagement, facts }: Grant): Promise<OwnEngagementDto> {
  const { id, name, standardVersion } = engagement;
  return { id, name, standardVersion, roles: facts.engagement?.roles ?? [] };
}
