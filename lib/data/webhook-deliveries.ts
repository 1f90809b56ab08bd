import type { DeliveriesTx } from "@/lib/db/kinds";
import type { OffByService } from "@/lib/domain/webhooks/message";

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
  readonly organisationId: string;
  readonly subject: string;
  /** Its first message was tried before. */
  readonly again: boolean;
}

/** How many lanes of a kind of one endpoint, and of one organisation, are looked at; those behind come when these are through. */
const LANES_OF_ONE = 16;
const LANES_OF_ORGANISATION = 64;

/** What the database knows of data that were put back. */
export interface HoldFacts {
  /** They were, and nobody has recorded what is missing: nothing may be sent. */
  readonly gap: boolean;
  /** The signer has signed something here, and can tell whether it is still there. */
  readonly signed: boolean;
}

/** Finds that out. */
export async function findHold(tx: DeliveriesTx): Promise<HoldFacts> {
  const [facts] = await tx.db.$queryRaw<HoldFacts[]>`SELECT gap, signed FROM deliveries_hold()`;
  return facts ?? { gap: true, signed: true };
}

/**
 * Lanes whose first message is due, by turns of organisations, of each one's endpoints, and of each endpoint's two kinds of
 * lanes: those whose message is tried for the first time, and those where one is tried again. Within each the longest due
 * comes first. However many messages wait, one that was refused is thus tried again when its delay is over, and however many
 * were refused, others go on. A lane whose first message waits for its next attempt is not there, whatever stands behind it.
 * Begins at what is due (index webhook_message_due), and so does not walk what waits for later. None while a gap is open.
 */
export function dueLanes(tx: DeliveriesTx, most: number): Promise<Lane[]> {
  return tx.db.$queryRaw<Lane[]>`
    WITH due AS (
      SELECT m.endpoint_id, m.organisation_id, m.subject, m.next_at, m.seq, m.attempts > 0 AS again,
        row_number() OVER (PARTITION BY m.endpoint_id, m.attempts > 0 ORDER BY m.next_at, m.seq) AS place
      FROM webhook_message m JOIN webhook_endpoint w ON w.id = m.endpoint_id
      WHERE m.state = 'waiting' AND m.next_at <= ${tx.now}::timestamptz AND w.removed_at IS NULL
        AND NOT (SELECT h.gap FROM deliveries_hold() h) AND (w.is_on OR m.type = 'webhook.test')
        AND NOT EXISTS (SELECT FROM webhook_message e WHERE e.state = 'waiting'
          AND e.endpoint_id = m.endpoint_id AND e.subject = m.subject AND e.seq < m.seq)
    ), shared AS (
      SELECT due.*, row_number() OVER (PARTITION BY organisation_id ORDER BY place, next_at, seq) AS turn
      FROM due WHERE place <= ${LANES_OF_ONE}
    )
    SELECT endpoint_id AS "endpointId", organisation_id AS "organisationId", subject, again
    FROM shared WHERE turn <= ${LANES_OF_ORGANISATION} ORDER BY turn, next_at, seq LIMIT ${most}`;
}

/** The first message of a lane, when it is due and no gap is open; asked for under the lane's lock. */
export async function firstOfLane(tx: DeliveriesTx, { endpointId, subject }: Lane): Promise<DueMessage | null> {
  if ((await findHold(tx)).gap) return null;
  const row = await tx.db.webhookMessage.findFirst({
    where: { endpointId, subject, state: "waiting" },
    orderBy: { seq: "asc" },
    include: { endpoint: true },
  });
  if (!row || row.nextAt > tx.now || row.endpoint.removedAt !== null) return null;
  if (!(row.endpoint.isOn || row.type === "webhook.test")) return null;
  const { url, secret, formerSecret, formerUntil } = row.endpoint;
  return { ...row, url, secret, formerSecret, formerUntil };
}

/**
 * Whether an endpoint still has the address and the secret that a message was sent by; until the commit nobody gives it
 * others. What came of an attempt is no word on an address that was corrected meanwhile.
 */
export async function holdAsSent(
  tx: DeliveriesTx,
  { endpointId, url, secret }: DueMessage,
): Promise<{ readonly address: boolean; readonly secret: boolean }> {
  const [now] = await tx.db.$queryRaw<{ url: string; secret: string }[]>`
    SELECT url, secret FROM webhook_endpoint WHERE id = ${endpointId}::uuid FOR SHARE`;
  return { address: now?.url === url, secret: now?.secret === secret };
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

/**
 * Whether an endpoint took nothing at all while a message was tried, from the first of its last attempts on; attempts
 * from before it was switched on last do not count.
 * @param attempts how many attempts the message had in this round
 */
export async function tookNothing(
  tx: DeliveriesTx,
  { id, endpointId }: DueMessage,
  attempts: number,
): Promise<boolean> {
  const tries = await tx.db.webhookAttempt.findMany({
    where: { messageId: id },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: attempts,
    select: { at: true },
  });
  const first = tries.at(-1)?.at;
  if (first === undefined) return false;
  const taken = await tx.db.webhookAttempt.count({ where: { endpointId, delivered: true, at: { gte: first } } });
  const begun = await tx.db.webhookEndpoint.count({ where: { id: endpointId, onSince: { lte: first } } });
  return taken === 0 && begun === 1;
}

/**
 * Switches an endpoint off, unless it has another address or secret by now. What waits for it is not sent any more.
 * @returns whether it was on, and the same
 */
export async function switchOff(
  tx: DeliveriesTx,
  { endpointId, url, secret }: DueMessage,
  reason: OffByService,
): Promise<boolean> {
  const { count } = await tx.db.webhookEndpoint.updateMany({
    where: { id: endpointId, isOn: true, url, ...(reason === "secret" ? { secret } : {}) },
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
