import { deliveriesQuery } from "@/lib/contracts/webhooks";
import { webhookParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listWebhookDeliveries } from "@/lib/services/webhooks/webhook-deliveries";

export const GET = route({ params: webhookParams, query: deliveriesQuery }, ({ context, params, query }) =>
  listWebhookDeliveries(context, params.webhookId, query),
);
