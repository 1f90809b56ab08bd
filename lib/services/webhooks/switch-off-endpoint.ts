import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeDeliveries } from "@/lib/auth/open";
import { administratorsToTell, type DueMessage, switchOff } from "@/lib/data/webhook-deliveries";
import type { OffByService } from "@/lib/domain/webhooks/message";
import { webhookOffLetter } from "@/lib/mail/letters";

/**
 * Switches an endpoint off, with an event, and tells the administrators. One that is off already, or that has got another
 * address or secret since, is left as it is.
 */
export async function switchEndpointOff(
  context: ServiceContext,
  message: DueMessage,
  reason: OffByService,
): Promise<void> {
  const { endpointId, organisationId, url } = message;
  const people = await changeDeliveries(context, organisationId, async (tx) => {
    if (!(await switchOff(tx, message, reason))) throw new AlreadyOff();
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
