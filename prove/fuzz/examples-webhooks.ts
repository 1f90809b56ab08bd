import { WEBHOOK_TYPE_NAMES } from "@/lib/domain/webhooks/event-types";
import { makeRoom, makeWebhook } from "../support/webhook";
import type { Asked, Example } from "./example";
import type { Stage } from "./stage";

const WEBHOOKS = "/api/v1/organisation/webhooks";
const ONE = `${WEBHOOKS}/[webhookId]`;
const body = {
  url: "https://hooks.invalid/countervail",
  description: "Ours",
  eventTypes: WEBHOOK_TYPE_NAMES,
  engagementId: null,
};

/** About a webhook that nobody has changed yet. */
const on = (more: Asked): Example => ({
  ask: async (stage: Stage) => {
    await stage.stepUp("lead");
    const client = stage.client("lead");
    await makeRoom(client, stage.parameter("webhookId"));
    return { params: { webhookId: await makeWebhook(client) }, ...more };
  },
});

/** The right way to keep webhooks. */
export const WEBHOOK_EXAMPLES: Readonly<Record<string, Example>> = {
  [`POST ${WEBHOOKS}`]: {
    ask: async (stage) => {
      await stage.stepUp("lead");
      return { body };
    },
    // An organisation has twenty at most.
    refusal: "blocked",
  },
  [`PUT ${ONE}`]: on({ body: { ...body, isOn: true, version: 1 } }),
  [`DELETE ${ONE}`]: on({}),
  [`POST ${ONE}/rotate`]: on({ body: {} }),
  [`POST ${ONE}/test`]: on({ body: {} }),
  [`GET ${ONE}/deliveries`]: { ask: () => ({ query: "limit=10&state=waiting" }) },
  [`POST ${ONE}/replay`]: on({ body: { since: "2026-01-01T00:00:00Z" } }),
};
