import { makeWebhookInput } from "@/lib/contracts/webhooks";
import { route } from "@/lib/server/route";
import { listWebhooks, makeWebhook } from "@/lib/services/webhooks/manage-webhooks";

export const GET = route({}, ({ context }) => listWebhooks(context));

export const POST = route({ versionOf: "webhook", body: makeWebhookInput, status: 201 }, ({ context, body }) =>
  makeWebhook(context, body),
);
