import { webhookParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { rotateWebhookSecret } from "@/lib/services/webhooks/manage-webhooks";

export const POST = route({ versionOf: "webhook", params: webhookParams, status: 201 }, ({ context, params }) =>
  rotateWebhookSecret(context, params.webhookId),
);
