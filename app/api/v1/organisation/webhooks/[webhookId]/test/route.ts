import { webhookParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { testWebhook } from "@/lib/services/webhooks/webhook-deliveries";

export const POST = route({ params: webhookParams, status: 201 }, ({ context, params }) =>
  testWebhook(context, params.webhookId),
);
