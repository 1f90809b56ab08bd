import type { Api } from "@/lib/cli/api";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import type { EngagementSummaryDto } from "@/lib/contracts/engagement";
import type { Collection, Page } from "@/lib/contracts/paging";
import type { WorksheetDto, WorksheetListItemDto } from "@/lib/contracts/worksheet";

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const IN_ADDRESS = /\/(worksheets|engagements)\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:[/?#]|$)/i;

/** As many as the server gives by itself: with their progress, more in one reply cost it much. */
const PAGE = 50;

/** All engagements that the person sees, page by page. */
export async function engagements(api: Api): Promise<readonly EngagementSummaryDto[]> {
  const all: EngagementSummaryDto[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<Page<EngagementSummaryDto>>("/engagements", { limit: PAGE, cursor });
    all.push(...page.items);
    // A server of an earlier version gives all of them at once, and no cursor.
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** The worksheets and records of an engagement that the person sees. */
export async function worksheetsIn(api: Api, engagementId: string): Promise<readonly WorksheetListItemDto[]> {
  return (await api.get<Collection<WorksheetListItemDto>>(`/engagements/${engagementId}/worksheets`)).items;
}

/** An id as people give it: by itself, or within the address of a page. */
export function idIn(text: string, of: "worksheets" | "engagements"): string | null {
  if (GUID.test(text)) return text.toLowerCase();
  const [, kind, id] = IN_ADDRESS.exec(text) ?? [];
  return kind === of && id ? id.toLowerCase() : null;
}

/**
 * An engagement by its id, its page's address, its name, or the beginning of its name where no other begins so.
 * @throws CliError that lists what there is
 */
export async function findEngagement(api: Api, text: string): Promise<EngagementSummaryDto> {
  const all = await engagements(api);
  const id = idIn(text, "engagements");
  const exact = all.filter((one) => one.id === id || one.name === text);
  const wanted = text.toLowerCase();
  const found = exact.length > 0 ? exact : all.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const [one, ...others] = found;
  if (one && others.length === 0) return one;
  const list = (one ? found : all).map((each) => `  ${each.id}  ${each.name}`).join("\n");
  if (one) throw new CliError(`Several engagements are called “${text}”. Give the id:\n${list}`, EXIT.usage);
  throw new CliError(`You have no engagement “${text}”.${list ? ` There are:\n${list}` : ""}`, EXIT.access);
}

/**
 * The ids of worksheets that people name: by id, by the page's address, or by a requirement's number in an engagement, which
 * may be left out by somebody who has one alone.
 * @throws CliError
 */
export async function findWorksheets(
  api: Api,
  names: readonly string[],
  engagement: string | undefined,
): Promise<readonly string[]> {
  const ids = names.map((name) => idIn(name, "worksheets"));
  if (ids.every((id) => id !== null)) return ids;
  const { id: engagementId, name: called } = await meantEngagement(api, engagement);
  const items = await worksheetsIn(api, engagementId);
  return names.map((name, index) => {
    const id = ids[index];
    if (id) return id;
    const [one, ...others] = items.filter((item) => item.requirementNumber === name);
    if (!one) throw new CliError(`“${called}” has no worksheet on ${name}.`, EXIT.access);
    if (others.length === 0) return one.id;
    const list = [one, ...others].map((item) => `  ${item.id}  ${item.kind}`).join("\n");
    throw new CliError(`“${called}” has several documents on ${name}. Give the id:\n${list}`, EXIT.usage);
  });
}

async function meantEngagement(api: Api, engagement: string | undefined): Promise<EngagementSummaryDto> {
  if (engagement !== undefined) return findEngagement(api, engagement);
  const [one, ...others] = await engagements(api);
  if (one && others.length === 0) return one;
  throw new CliError("Say in which engagement: --engagement NAME.", EXIT.usage);
}

/** A worksheet with everything its page needs. */
export function worksheet(api: Api, id: string): Promise<WorksheetDto> {
  return api.get<WorksheetDto>(`/worksheets/${id}`);
}

/** Asks for several things, a few at a time, in their order. */
export async function eachOf<T, R>(all: readonly T[], ask: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += 6) results.push(...(await Promise.all(all.slice(at, at + 6).map(ask))));
  return results;
}
