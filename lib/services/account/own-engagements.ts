import type { SignedInContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import type { OwnEngagementsQuery } from "@/lib/contracts/engagement";
import type { Page } from "@/lib/contracts/paging";
import type { OwnEngagementDto } from "@/lib/contracts/session";
import { listOwnEngagements, type OwnEngagement } from "@/lib/data/engagement-list";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { cursorAfter, readListCursor } from "@/lib/services/engagement/list-cursor";

/** More than anybody has. */
const ALL = 100_000;

/** A page of the engagements in which the person has a role, the one with the newest role first; by an API token those that it reaches. */
export async function readOwnEngagements(
  context: SignedInContext,
  { q, cursor, limit }: OwnEngagementsQuery,
): Promise<Page<OwnEngagementDto>> {
  const { userId, token } = context.actor;
  const only = token?.engagementIds ?? null;
  const wanted = { q: q?.trim() || null, standardVersion: null, only, after: readListCursor(cursor), count: limit + 1 };
  const rows = await inIdentity(context, (tx) => listOwnEngagements(tx, userId, wanted));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(ownEngagementDto), nextCursor: rows.length > limit && last ? cursorAfter(last) : null };
}

/** All of them of one version, for what is looked for in each; never sent to a browser as they are. */
export function allOwnEngagements(
  context: SignedInContext,
  standardVersion: StandardVersion,
): Promise<readonly OwnEngagementDto[]> {
  return ofVersion(context, standardVersion, ALL);
}

/** Those of some ids, for what names them; what the person has left is not among them. */
export async function findOwnEngagements(
  context: SignedInContext,
  ids: readonly string[],
): Promise<readonly OwnEngagementDto[]> {
  if (ids.length === 0) return [];
  const { userId } = context.actor;
  const wanted = { q: null, standardVersion: null, only: [...new Set(ids)], after: null, count: ALL };
  return (await inIdentity(context, (tx) => listOwnEngagements(tx, userId, wanted))).map(ownEngagementDto);
}

/** Whether there is one of a version. */
export async function hasOwnEngagement(context: SignedInContext, standardVersion: StandardVersion): Promise<boolean> {
  return (await ofVersion(context, standardVersion, 1)).length > 0;
}

async function ofVersion(
  context: SignedInContext,
  standardVersion: StandardVersion,
  count: number,
): Promise<readonly OwnEngagementDto[]> {
  const { userId, token } = context.actor;
  const wanted = { q: null, standardVersion, only: token?.engagementIds ?? null, after: null, count };
  return (await inIdentity(context, (tx) => listOwnEngagements(tx, userId, wanted))).map(ownEngagementDto);
}

/** An engagement as lists of one's own show it. */
export function ownEngagementDto({ id, name, standardVersion, roles }: OwnEngagement): OwnEngagementDto {
  return { id, name, standardVersion, roles };
}
