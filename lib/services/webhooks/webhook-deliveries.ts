import { randomUUID } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { Page } from "@/lib/contracts/paging";
import type { DeliveriesQuery, DeliveryDto, ReplayedDto, ReplayInput } from "@/lib/contracts/webhooks";
import {
  countWaitingTests,
  type DeliveryRow,
  holdEndpoints,
  insertTest,
  listDeliveries,
  replayMessages,
} from "@/lib/data/webhooks";
import { type MessageState, messageBody, messageId } from "@/lib/domain/webhooks/message";
import { readCursor } from "@/lib/services/trail/cursor";
import { requireEndpoint } from "@/lib/services/webhooks/manage-webhooks";

/** What an endpoint was told in the last 30 days, the newest first. @throws Failure forbidden, not_found, malformed */
export function listWebhookDeliveries(
  context: ServiceContext,
  webhookId: string,
  query: DeliveriesQuery,
): Promise<Page<DeliveryDto>> {
  const { cursor, limit, state } = query;
  return readOrganisation(context, "organisation.accounts", async (tx) => {
    await requireEndpoint(tx, webhookId);
    const rows = await listDeliveries(tx, webhookId, { state, before: readCursor(cursor), count: limit + 1 });
    const shown = rows.slice(0, limit);
    return {
      items: shown.map((row) => deliveryDto(row, context.url)),
      nextCursor: rows.length > limit ? String(shown.at(-1)?.seq) : null,
    };
  });
}

/** How many test messages may wait for an endpoint. */
const MOST_TESTS = 5;

/**
 * Puts a test message in line, also for one that is off.
 * @throws Failure forbidden, step_up_required, not_found, blocked when too many wait already
 */
export function testWebhook(context: ServiceContext, webhookId: string): Promise<{ readonly messageId: string }> {
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    await requireEndpoint(tx, webhookId);
    await holdEndpoints(tx);
    if ((await countWaitingTests(tx, webhookId)) >= MOST_TESTS) {
      throw new Failure(
        "blocked",
        `${MOST_TESTS} test messages wait for this webhook already. See what becomes of them first.`,
      );
    }
    const id = await insertTest(tx, webhookId, randomUUID());
    recordInOrganisation(context, tx, { action: "webhook.tested", detail: { webhookId, messageId: id } });
    return { messageId: id };
  });
}

/**
 * Puts what an endpoint was told in line again, under the same `webhook-id`: one message, or everything that happened
 * since an instant, also what was skipped while it was off. What is older than 30 days is not there any more.
 * @throws Failure forbidden, step_up_required, not_found, blocked while it is off: switching on skips what waits
 */
export function replayWebhook(context: ServiceContext, webhookId: string, input: ReplayInput): Promise<ReplayedDto> {
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    const { isOn } = await requireEndpoint(tx, webhookId);
    if (!isOn) throw new Failure("blocked", "This webhook is off. Switch it on first, and then send again.");
    const which = "messageId" in input ? input : { since: new Date(input.since) };
    const count = await replayMessages(tx, webhookId, which);
    if ("messageId" in input && count === 0) throw notFound();
    recordInOrganisation(context, tx, { action: "webhook.replayed", detail: { webhookId, ...input, count } });
    return { count };
  });
}

function deliveryDto(row: DeliveryRow, origin: string): DeliveryDto {
  const { id, type, at, subject, state, nextAt, replays, tries } = row;
  return {
    id,
    webhookId: messageId(id),
    type,
    at: at.toISOString(),
    subject,
    state: state as MessageState,
    nextAt: state === "waiting" ? nextAt.toISOString() : null,
    replays,
    body: messageBody(row, origin),
    attempts: tries.map(({ at: tried, durationMs, status, delivered, trouble, answer }) => ({
      at: tried.toISOString(),
      durationMs,
      status,
      delivered,
      trouble,
      answer,
    })),
  };
}
