import type { ServiceContext } from "@/lib/auth/context";
import { noteDeliveries } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import {
  type DueMessage,
  firstOfLane,
  holdAsSent,
  type Lane,
  type NextStep,
  noteAttempt,
  putOff,
  tookNothing,
} from "@/lib/data/webhook-deliveries";
import type { DeliveriesTx } from "@/lib/db/kinds";
import { messageBody, messageId } from "@/lib/domain/webhooks/message";
import { delayAfter, readRetryAfter } from "@/lib/domain/webhooks/schedule";
import { logger } from "@/lib/logger";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { webhookAllowance } from "@/lib/services/webhooks/endpoint-address";
import { type PostOutcome, postMessage } from "@/lib/services/webhooks/post-message";
import { signedHeaders } from "@/lib/services/webhooks/sign-message";
import { switchEndpointOff } from "@/lib/services/webhooks/switch-off-endpoint";
import { webhookSecretPlace } from "@/lib/services/webhooks/webhook-secrets";

/** How long until a message is looked at again while no key can be had (milliseconds). */
const NO_KEY_MS = 30_000;
const UNSEALED = "Its secret cannot be opened, so nothing was sent. Replace the secret.";

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
  const secrets = await secretsFor(context, message);
  if (!secrets) return false;
  const at = context.clock();
  const body = messageBody(message, context.url);
  const headers = signedHeaders({ id: messageId(message.id), at, body }, secrets);
  const outcome = await postMessage({ url: message.url, headers, body }, webhookAllowance(context.url), ending);
  ending.throwIfAborted();
  await note(context, message, at, outcome, pace);
  return true;
}

/**
 * The secrets that sign now, the newest first; null when they cannot be had. While the keys are away it is tried again; a
 * secret that does not open never will, and its endpoint is switched off.
 */
async function secretsFor(context: ServiceContext, message: DueMessage): Promise<string[] | null> {
  const { endpointId } = message;
  try {
    return await noteDeliveries(context, (tx) => openSecrets(context, tx, message));
  } catch (error) {
    if (!(error instanceof Failure || error instanceof SealBroken)) throw error;
    logger().error({ webhookId: endpointId, reason: error.message }, "the secret of a webhook cannot be opened");
    if (error instanceof SealBroken) {
      await noteUnsealed(context, message);
    } else {
      const until = new Date(context.clock().getTime() + NO_KEY_MS);
      await noteDeliveries(context, (tx) => putOff(tx, message.id, until));
    }
    return null;
  }
}

/** @throws SealBroken when the newest does not open; one before it that does not open is left out */
async function openSecrets(context: ServiceContext, tx: DeliveriesTx, message: DueMessage): Promise<string[]> {
  const { endpointId, organisationId, secret, formerSecret, formerUntil } = message;
  const newest = await context.secrets.unseal(tx, webhookSecretPlace(endpointId, organisationId), secret);
  const overlap = formerUntil !== null && context.clock() < formerUntil;
  if (formerSecret === null || !overlap) return [newest];
  const place = webhookSecretPlace(endpointId, organisationId, "former_secret");
  try {
    return [newest, await context.secrets.unseal(tx, place, formerSecret)];
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    logger().warn({ webhookId: endpointId }, "the former secret of a webhook cannot be opened: the newest signs alone");
    return [newest];
  }
}

/** A secret that was replaced, or sealed anew, since the message was read is no reason: it is tried with that one. */
async function noteUnsealed(context: ServiceContext, message: DueMessage): Promise<void> {
  const attempt = { status: null, durationMs: 0, delivered: false, trouble: UNSEALED, answer: "" };
  const same = await noteDeliveries(context, async (tx) => {
    const held = await holdAsSent(tx, message);
    if (!held.secret) return false;
    await noteAttempt(tx, message, { ...attempt, at: tx.now }, { state: "failed", attempts: message.attempts + 1 });
    return true;
  });
  if (same) await switchEndpointOff(context, message, "secret");
}

async function note(
  context: ServiceContext,
  message: DueMessage,
  at: Date,
  outcome: PostOutcome,
  pace: number,
): Promise<void> {
  const { durationMs, status, delivered, trouble, answer } = outcome;
  const reason = await noteDeliveries(context, async (tx) => {
    const held = await holdAsSent(tx, message);
    const next = held.address ? nextStep(message, outcome, tx.now, pace) : stepElsewhere(outcome, message, tx.now);
    await noteAttempt(tx, message, { at, durationMs, status, delivered, trouble, answer }, next);
    if (!held.address) return null;
    if (outcome.gone) return "gone";
    // Judged when a message is given up, and not by time alone: after a quiet month one failure says nothing.
    return next.state === "failed" && (await tookNothing(tx, message, next.attempts)) ? "failing" : null;
  });
  if (reason !== null) await switchEndpointOff(context, message, reason);
}

function nextStep({ attempts }: DueMessage, outcome: PostOutcome, now: Date, pace: number): NextStep {
  const done = attempts + 1;
  if (outcome.delivered) return { state: "delivered", attempts: done };
  const delay = delayAfter(done, readRetryAfter(outcome.retryAfter, now), Math.random());
  if (delay === null || outcome.gone) return { state: "failed", attempts: done };
  return { state: "waiting", attempts: done, nextAt: new Date(now.getTime() + delay * pace) };
}

/** What was refused where the endpoint is no more goes to its new address, as if it had not been tried before. */
function stepElsewhere({ delivered }: PostOutcome, { attempts }: DueMessage, now: Date): NextStep {
  if (delivered) return { state: "delivered", attempts: attempts + 1 };
  return { state: "waiting", attempts: 0, nextAt: now };
}
