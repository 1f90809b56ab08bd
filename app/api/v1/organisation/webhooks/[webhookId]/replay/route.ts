import { replayInput } from "@/lib/contracts/webhooks";
import { webhookParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { replayWebhook } from "@/lib/services/webhooks/webhook-deliveries";

export const POST = route({ params: webhookParams, body: replayInput }, ({ context, params, body }) =>
  replayWebhook(context, params.webhookId, body),
);
