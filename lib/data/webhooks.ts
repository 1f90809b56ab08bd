import type { WebhookAttempt, WebhookEndpoint, WebhookMessage } from "@/lib/db/generated/client";
import type { OrganisationTx } from "@/lib/db/kinds";
import { TEST_TYPE, type WebhookType } from "@/lib/domain/webhooks/event-types";
import type { MessageState, OffReason } from "@/lib/domain/webhooks/message";

/** An endpoint as its row has it. Secrets are sealed. */
export interface EndpointRow extends Omit<WebhookEndpoint, "eventTypes" | "offReason"> {
  readonly eventTypes: readonly WebhookType[];
  readonly offReason: OffReason | null;
}

/** What a person sets of one. */
export interface EndpointInput {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly WebhookType[];
  readonly engagementId: string | null;
}

/** How an endpoint's line stands. */
export interface EndpointStanding {
  readonly waiting: number;
  readonly failed: number;
  readonly last: { readonly at: Date; readonly delivered: boolean; readonly trouble: string } | null;
}

/** A message with its attempts, the newest first. */
export interface DeliveryRow extends WebhookMessage {
  readonly tries: readonly WebhookAttempt[];
}

/** How many attempts of a message are shown. */
const SHOWN_ATTEMPTS = 30;

/** Holds the organisation's endpoints until the commit, so that two that are made at once cannot both be the last allowed. */
export async function holdEndpoints(tx: OrganisationTx): Promise<void> {
  const name = `countervail-webhooks:${tx.organisationId}`;
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/** The organisation's endpoints, the oldest first; none that was removed. */
export async function listEndpoints(tx: OrganisationTx): Promise<EndpointRow[]> {
  const rows = await tx.db.webhookEndpoint.findMany({
    where: { organisationId: tx.organisationId, removedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toRow);
}

/** One of the organisation's endpoints; null also for one that was removed. */
export async function findEndpoint(tx: OrganisationTx, id: string): Promise<EndpointRow | null> {
  const row = await tx.db.webhookEndpoint.findFirst({
    where: { id, organisationId: tx.organisationId, removedAt: null },
  });
  return row && toRow(row);
}

/** Makes an endpoint under an id for which its secret was sealed. */
export async function insertEndpoint(
  tx: OrganisationTx,
  id: string,
  input: EndpointInput,
  secret: string,
): Promise<EndpointRow> {
  const data = {
    id,
    organisationId: tx.organisationId,
    ...input,
    eventTypes: [...input.eventTypes],
    isOn: true,
    onSince: tx.now,
    secret,
    createdById: tx.actor.userId,
    createdAt: tx.now,
  };
  return toRow(await tx.db.webhookEndpoint.create({ data }));
}

/** What may be changed of an endpoint. */
export type EndpointChange = Partial<EndpointInput> & {
  readonly isOn?: boolean;
  readonly offReason?: "" | "person";
  readonly onSince?: Date;
  readonly secret?: string;
  readonly formerSecret?: string | null;
  readonly formerUntil?: Date | null;
};

/** Changes an endpoint over the version it was read at. @returns whether it was still that one */
export async function updateEndpoint(
  tx: OrganisationTx,
  id: string,
  version: number,
  change: EndpointChange,
): Promise<boolean> {
  const { eventTypes, ...rest } = change;
  const { count } = await tx.db.webhookEndpoint.updateMany({
    where: { id, organisationId: tx.organisationId, removedAt: null, version },
    data: { ...rest, ...(eventTypes ? { eventTypes: [...eventTypes] } : {}), version: { increment: 1 } },
  });
  return count === 1;
}

/**
 * Marks an endpoint as removed and forgets its secrets. Its messages are the worker's to delete: how many they are must not
 * hold up whoever saves meanwhile. @returns whether it was there
 */
export async function markRemoved(tx: OrganisationTx, id: string): Promise<boolean> {
  const { count } = await tx.db.webhookEndpoint.updateMany({
    where: { id, organisationId: tx.organisationId, removedAt: null },
    data: {
      removedAt: tx.now,
      isOn: false,
      offReason: "person",
      secret: "",
      formerSecret: null,
      formerUntil: null,
      version: { increment: 1 },
    },
  });
  return count === 1;
}

/** How the lines of some endpoints stand, by their ids. */
export async function standings(
  tx: OrganisationTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EndpointStanding>> {
  const where = { endpointId: { in: [...ids] }, organisationId: tx.organisationId };
  const counts = await tx.db.webhookMessage.groupBy({
    by: ["endpointId", "state"],
    where: { ...where, state: { in: ["waiting", "failed"] } },
    _count: true,
  });
  // One by one, of twenty at most: Prisma would read all attempts of a month to find the last of each.
  const last = await Promise.all(ids.map((endpointId) => lastAttempt(tx, endpointId)));
  const countOf = (id: string, state: MessageState) =>
    counts.find((one) => one.endpointId === id && one.state === state)?._count ?? 0;
  return new Map(
    ids.map((id, index) => {
      return [id, { waiting: countOf(id, "waiting"), failed: countOf(id, "failed"), last: last[index] ?? null }];
    }),
  );
}

function lastAttempt(tx: OrganisationTx, endpointId: string): Promise<EndpointStanding["last"]> {
  return tx.db.webhookAttempt.findFirst({
    where: { endpointId, organisationId: tx.organisationId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { at: true, delivered: true, trouble: true },
  });
}

/** A page of an endpoint's messages, the newest first. */
export function listDeliveries(
  tx: OrganisationTx,
  endpointId: string,
  query: { readonly state?: MessageState | undefined; readonly before: bigint | null; readonly count: number },
): Promise<DeliveryRow[]> {
  const { state, before, count } = query;
  return tx.db.webhookMessage.findMany({
    where: {
      endpointId,
      organisationId: tx.organisationId,
      ...(state ? { state } : {}),
      ...(before === null ? {} : { seq: { lt: before } }),
    },
    orderBy: { seq: "desc" },
    take: count,
    include: { tries: { orderBy: [{ at: "desc" }, { id: "desc" }], take: SHOWN_ATTEMPTS } },
  });
}

/** How many test messages wait for an endpoint. */
export function countWaitingTests(tx: OrganisationTx, endpointId: string): Promise<number> {
  const where = { endpointId, organisationId: tx.organisationId, type: TEST_TYPE, state: "waiting" };
  return tx.db.webhookMessage.count({ where });
}

/** Puts a test message in line, which waits for no other. @returns its id */
export async function insertTest(tx: OrganisationTx, endpointId: string, name: string): Promise<string> {
  const data = {
    endpointId,
    organisationId: tx.organisationId,
    type: TEST_TYPE,
    subject: `test:${name}`,
    eventId: name,
    path: "",
    data: { webhookId: endpointId, actorId: tx.actor.userId },
    at: tx.now,
    state: "waiting",
    nextAt: tx.now,
  };
  return (await tx.db.webhookMessage.create({ data, select: { id: true } })).id;
}

/**
 * Puts one message in line again, or everything that happened from an instant on; what waits there already is tried now.
 * @returns how many
 */
export async function replayMessages(
  tx: OrganisationTx,
  endpointId: string,
  which: { readonly messageId: string } | { readonly since: Date },
): Promise<number> {
  const where = {
    endpointId,
    organisationId: tx.organisationId,
    ...("messageId" in which ? { id: which.messageId } : { at: { gte: which.since } }),
  };
  // First those that wait: afterwards the others wait too, and would be counted twice.
  const sooner = await tx.db.webhookMessage.updateMany({
    where: { ...where, state: "waiting" },
    data: { nextAt: tx.now },
  });
  const again = await tx.db.webhookMessage.updateMany({
    where: { ...where, state: { not: "waiting" } },
    data: { state: "waiting", attempts: 0, nextAt: tx.now, settledAt: null, replays: { increment: 1 } },
  });
  return again.count + sooner.count;
}

/** What waits for an endpoint that a person switches off or on is not sent any more. */
export async function skipWaiting(tx: OrganisationTx, endpointId: string): Promise<void> {
  await tx.db.webhookMessage.updateMany({
    where: { endpointId, organisationId: tx.organisationId, state: "waiting" },
    data: { state: "skipped", settledAt: tx.now },
  });
}

/** What waits for an endpoint whose address was corrected is tried there at once, as if it had not been tried before. */
export async function tryWaitingNow(tx: OrganisationTx, endpointId: string): Promise<void> {
  await tx.db.webhookMessage.updateMany({
    where: {
      ...{ endpointId, organisationId: tx.organisationId, state: "waiting" },
      OR: [{ attempts: { gt: 0 } }, { nextAt: { gt: tx.now } }],
    },
    data: { attempts: 0, nextAt: tx.now },
  });
}

function toRow(row: WebhookEndpoint): EndpointRow {
  return {
    ...row,
    eventTypes: row.eventTypes as WebhookType[],
    offReason: row.offReason === "" ? null : (row.offReason as OffReason),
  };
}
