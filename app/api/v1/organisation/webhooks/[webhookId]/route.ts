import { changeWebhookInput } from "@/lib/contracts/webhooks";
import { webhookParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { changeWebhook, readWebhook, removeWebhook } from "@/lib/services/webhooks/manage-webhooks";

export const GET = route({ versionOf: "webhook", params: webhookParams }, ({ context, params }) =>
  readWebhook(context, params.webhookId),
);

export const PUT = route(
  { versionOf: "webhook", params: webhookParams, body: changeWebhookInput },
  ({ context, params, body }) => changeWebhook(context, params.webhookId, body),
);

export const DELETE = route({ params: webhookParams, status: 204 }, ({ context, params }) =>
  removeWebhook(context, params.webhookId),
);
