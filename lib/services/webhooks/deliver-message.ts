import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeDeliveries, noteDeliveries } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import {
  administratorsToTell,
  type DueMessage,
  firstOfLane,
  type Lane,
  type NextStep,
  noteAttempt,
  putOff,
  switchOff,
  tookNothing,
} from "@/lib/data/webhook-deliveries";
import { messageBody, messageId } from "@/lib/domain/webhooks/message";
import { delayAfter, readRetryAfter } from "@/lib/domain/webhooks/schedule";
import { logger } from "@/lib/logger";
import { webhookOffLetter } from "@/lib/mail/letters";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { webhookAllowance } from "@/lib/services/webhooks/endpoint-address";
import { type PostOutcome, postMessage } from "@/lib/services/webhooks/post-message";
import { signedHeaders } from "@/lib/services/webhooks/sign-message";
import { webhookSecretPlace } from "@/lib/services/webhooks/webhook-secrets";

/** How long until a message is looked at again whose secret could not be opened (milliseconds). */
const NO_KEY_MS = 30_000;

/**
 * Delivers the first message of a lane, if it is due; whoever calls this holds the lane's lock. What was sent is noted
 * afterwards, so that a message is sent again whose worker was killed between the two: at least once, and in order.
 * @param pace what delays are multiplied by; 1 but for tests
 * @returns whether something was tried
 */
export async function deliverFirst(
  context: ServiceContext,
  lane: Lane,
  pace: number,
  ending: AbortSignal,
): Promise<boolean> {
  const message = await noteDeliveries(context, (tx) => firstOfLane(tx, lane));
  if (!message) return false;
  const secrets = await openSecrets(context, message);
  if (!secrets) return false;
  const at = context.clock();
  const body = messageBody(message, context.url);
  const headers = signedHeaders({ id: messageId(message.id), at, body }, secrets);
  const outcome = await postMessage({ url: message.url, headers, body }, webhookAllowance(context.url), ending);
  ending.throwIfAborted();
  await note(context, message, at, outcome, pace);
  return true;
}

/** The secrets that sign now, the newest first; null when they cannot be had, which is tried again. */
async function openSecrets(context: ServiceContext, message: DueMessage): Promise<string[] | null> {
  const { endpointId, organisationId, secret, formerSecret, formerUntil } = message;
  const overlap = formerSecret !== null && formerUntil !== null && context.clock() < formerUntil;
  try {
    return await noteDeliveries(context, async (tx) => {
      const newest = await context.secrets.unseal(tx, webhookSecretPlace(endpointId, organisationId), secret);
      if (!overlap) return [newest];
      const place = webhookSecretPlace(endpointId, organisationId, "former_secret");
      return [newest, await context.secrets.unseal(tx, place, formerSecret)];
    });
  } catch (error) {
    if (!(error instanceof Failure || error instanceof SealBroken)) throw error;
    logger().error({ webhookId: endpointId, reason: error.message }, "the secret of a webhook cannot be opened");
    const until = new Date(context.clock().getTime() + NO_KEY_MS);
    await noteDeliveries(context, (tx) => putOff(tx, message.id, until));
    return null;
  }
}

async function note(
  context: ServiceContext,
  message: DueMessage,
  at: Date,
  outcome: PostOutcome,
  pace: number,
): Promise<void> {
  const { durationMs, status, delivered, trouble, answer } = outcome;
  // Judged when a message is given up, and not by time alone: after a quiet month one failure says nothing.
  const failing = await noteDeliveries(context, async (tx) => {
    const next = nextStep(message, outcome, tx.now, pace);
    await noteAttempt(tx, message, { at, durationMs, status, delivered, trouble, answer }, next);
    return next.state === "failed" && (await tookNothing(tx, message, next.attempts));
  });
  if (outcome.gone || failing) await giveUp(context, message, outcome.gone ? "gone" : "failing");
}

function nextStep({ attempts }: DueMessage, outcome: PostOutcome, now: Date, pace: number): NextStep {
  const done = attempts + 1;
  if (outcome.delivered) return { state: "delivered", attempts: done };
  const delay = delayAfter(done, readRetryAfter(outcome.retryAfter, now), Math.random());
  if (delay === null || outcome.gone) return { state: "failed", attempts: done };
  return { state: "waiting", attempts: done, nextAt: new Date(now.getTime() + delay * pace) };
}

/** Switches an endpoint off, with an event, and tells the administrators. */
async function giveUp(
  context: ServiceContext,
  { endpointId, organisationId, url }: DueMessage,
  reason: "gone" | "failing",
): Promise<void> {
  const people = await changeDeliveries(context, organisationId, async (tx) => {
    if (!(await switchOff(tx, endpointId, reason))) throw new AlreadyOff();
    const detail = { webhookId: endpointId, reason };
    const body = { action: "webhook.switched_off", requestId: context.requestId, detail } as const;
    const changes = [{ table: "webhook_endpoint", id: endpointId }];
    tx.record(makeEvent(organisationLog(organisationId), tx.now, null, body, changes));
    return administratorsToTell(tx);
  }).catch((error: unknown) => {
    if (error instanceof AlreadyOff) return [];
    throw error;
  });
  const page = `${context.url}/organisation/webhooks/${endpointId}`;
  for (const person of people) context.mail.post(webhookOffLetter(person, new URL(url).host, reason, page));
}

/** Somebody else was first, so that nothing changes and nothing is told. */
class AlreadyOff extends Error {
  override readonly name = "AlreadyOff";
}
