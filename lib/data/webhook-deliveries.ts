import type { DeliveriesTx } from "@/lib/db/kinds";
import { KEPT_MS } from "@/lib/domain/webhooks/schedule";

/** A message whose turn it is, with what its delivery needs. Secrets are sealed. */
export interface DueMessage {
  readonly id: string;
  readonly seq: bigint;
  readonly endpointId: string;
  readonly organisationId: string;
  readonly subject: string;
  readonly type: string;
  readonly at: Date;
  readonly eventId: string;
  readonly path: string;
  readonly data: unknown;
  readonly attempts: number;
  readonly url: string;
  readonly secret: string;
  readonly formerSecret: string | null;
  readonly formerUntil: Date | null;
}

/** Where messages stand in line, one after another. */
export interface Lane {
  readonly endpointId: string;
  readonly subject: string;
}

/** How many lanes of one endpoint are looked at; those behind them come when these are through. */
const LANES_OF_ONE = 16;

/**
 * Lanes whose first message is due, the longest due first, and of each endpoint only some. A lane whose first message
 * waits for its next attempt is not there, whatever stands behind it.
 */
export function dueLanes(tx: DeliveriesTx, most: number): Promise<Lane[]> {
  return tx.db.$queryRaw<Lane[]>`
    SELECT "endpointId", subject FROM (
      SELECT first.endpoint_id AS "endpointId", first.subject, first.next_at,
        row_number() OVER (PARTITION BY first.endpoint_id ORDER BY first.next_at, first.seq) AS place
      FROM (
        SELECT DISTINCT ON (m.endpoint_id, m.subject) m.endpoint_id, m.subject, m.next_at, m.seq, m.type FROM webhook_message m
        WHERE m.state = 'waiting' ORDER BY m.endpoint_id, m.subject, m.seq
      ) AS first JOIN webhook_endpoint w ON w.id = first.endpoint_id
      WHERE first.next_at <= ${tx.now}::timestamptz AND (w.is_on OR first.type = 'webhook.test')
    ) AS due WHERE place <= ${LANES_OF_ONE} ORDER BY next_at LIMIT ${most}`;
}

/** The first message of a lane, when it is due; asked for under the lane's lock. */
export async function firstOfLane(tx: DeliveriesTx, { endpointId, subject }: Lane): Promise<DueMessage | null> {
  const row = await tx.db.webhookMessage.findFirst({
    where: { endpointId, subject, state: "waiting" },
    orderBy: { seq: "asc" },
    include: { endpoint: true },
  });
  if (!row || row.nextAt > tx.now || !(row.endpoint.isOn || row.type === "webhook.test")) return null;
  const { url, secret, formerSecret, formerUntil } = row.endpoint;
  return { ...row, url, secret, formerSecret, formerUntil };
}

/** What came of one request. */
export interface AttemptRow {
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly delivered: boolean;
  readonly trouble: string;
  readonly answer: string;
}

/** Where a message stands after an attempt. */
export type NextStep =
  | { readonly state: "delivered" | "failed"; readonly attempts: number }
  | { readonly state: "waiting"; readonly attempts: number; readonly nextAt: Date };

/**
 * Notes an attempt and where its message stands then. One that was taken out of line meanwhile stays there, unless it was
 * delivered all the same.
 */
export async function noteAttempt(
  tx: DeliveriesTx,
  message: DueMessage,
  attempt: AttemptRow,
  next: NextStep,
): Promise<void> {
  const { id, endpointId, organisationId } = message;
  const from = next.state === "delivered" ? ["waiting", "skipped"] : ["waiting"];
  const moved = next.state === "waiting" ? next : { ...next, settledAt: tx.now };
  const { count } = await tx.db.webhookMessage.updateMany({ where: { id, state: { in: from } }, data: moved });
  if (count === 1 || (await tx.db.webhookMessage.count({ where: { id } })) === 1) {
    await tx.db.webhookAttempt.create({ data: { messageId: id, endpointId, organisationId, ...attempt } });
  }
}

/** Puts a message off that could not be tried for a reason of ours; no attempt counts. */
export async function putOff(tx: DeliveriesTx, id: string, until: Date): Promise<void> {
  await tx.db.webhookMessage.updateMany({ where: { id, state: "waiting" }, data: { nextAt: until } });
}

/** Since when an endpoint took nothing, counted from when it was switched on last; null when its last attempt was taken. */
export async function failingSince(tx: DeliveriesTx, endpointId: string): Promise<Date | null> {
  const [row] = await tx.db.$queryRaw<{ since: Date | null }[]>`
    SELECT min(a.at) AS since FROM webhook_attempt a JOIN webhook_endpoint w ON w.id = a.endpoint_id
    WHERE a.endpoint_id = ${endpointId}::uuid AND NOT a.delivered AND a.at >= w.on_since
      AND a.at > coalesce((SELECT max(d.at) FROM webhook_attempt d WHERE d.endpoint_id = ${endpointId}::uuid AND d.delivered), '-infinity')`;
  return row?.since ?? null;
}

/** Switches an endpoint off. What waits for it is not sent any more. @returns whether it was on */
export async function switchOff(tx: DeliveriesTx, endpointId: string, reason: "gone" | "failing"): Promise<boolean> {
  const { count } = await tx.db.webhookEndpoint.updateMany({
    where: { id: endpointId, isOn: true },
    data: { isOn: false, offReason: reason, version: { increment: 1 } },
  });
  if (count === 0) return false;
  await tx.db.webhookMessage.updateMany({
    where: { endpointId, state: "waiting" },
    data: { state: "skipped", settledAt: tx.now },
  });
  return true;
}

/** The enabled administrators of the transaction's organisation, to write to. */
export async function administratorsToTell(
  tx: DeliveriesTx,
): Promise<{ readonly name: string; readonly email: string }[]> {
  const people = await tx.db.user.findMany({
    where: { disabledAt: null, email: { not: null } },
    select: { name: true, email: true },
  });
  return people.flatMap(({ name, email }) => (email === null ? [] : [{ name, email }]));
}

/** Removes messages whose time is over, with their attempts. Some at a time. @returns how many */
export async function removeOld(tx: DeliveriesTx): Promise<number> {
  const before = new Date(tx.now.getTime() - KEPT_MS);
  return tx.db.$executeRaw`DELETE FROM webhook_message WHERE id IN
    (SELECT id FROM webhook_message WHERE at < ${before}::timestamptz AND state <> 'waiting' LIMIT 1000)`;
}
