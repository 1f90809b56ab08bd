import type { SignedInContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import type { OwnEngagementsQuery } from "@/lib/contracts/engagement";
import type { Page } from "@/lib/contracts/paging";
import type { OwnEngagementDto } from "@/lib/contracts/session";
import { listOwnEngagements, listOwnPlaces, type OwnEngagement, type PlacesWanted } from "@/lib/data/engagement-list";
import { cursorAfter, readListCursor } from "@/lib/services/engagement/list-cursor";

/** A page of the engagements in which the person has a role, the one with the newest role first; by an API token those that it reaches. */
export async function readOwnEngagements(
  context: SignedInContext,
  { q, cursor, limit }: OwnEngagementsQuery,
): Promise<Page<OwnEngagementDto>> {
  const { userId, token } = context.actor;
  const only = token?.engagementIds ?? null;
  const wanted = { q: q?.trim() || null, only, after: readListCursor(cursor), count: limit + 1 };
  const rows = await inIdentity(context, (tx) => listOwnEngagements(tx, userId, wanted));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(ownEngagementDto), nextCursor: rows.length > limit && last ? cursorAfter(last) : null };
}

/** All of them that something could be found in, which is then looked for in each; never sent to a browser as they are. */
export async function ownPlaces(context: SignedInContext, wanted: PlacesWanted): Promise<readonly OwnEngagementDto[]> {
  const { userId, token } = context.actor;
  const only = token?.engagementIds ?? null;
  return (await inIdentity(context, (tx) => listOwnPlaces(tx, userId, only, wanted))).map(ownEngagementDto);
}

/** Those of some ids, for what names them; what the person has left is not among them. */
export async function findOwnEngagements(
  context: SignedInContext,
  ids: readonly string[],
): Promise<readonly OwnEngagementDto[]> {
  if (ids.length === 0) return [];
  const { userId } = context.actor;
  const wanted = { q: null, only: [...new Set(ids)], after: null, count: ids.length };
  return (await inIdentity(context, (tx) => listOwnEngagements(tx, userId, wanted))).map(ownEngagementDto);
}

/** An engagement as lists of one's own show it. */
export function ownEngagementDto({ id, name, standardVersion, roles }: OwnEngagement): OwnEngagementDto {
  return { id, name, standardVersion, roles };
}
