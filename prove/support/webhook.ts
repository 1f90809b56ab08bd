import type { WebhookDto, WebhookSecretDto } from "@/lib/contracts/webhooks";
import type { Client } from "./client";
import { must } from "./workbook";

const WEBHOOKS = "/api/v1/organisation/webhooks";
/** Fewer than an organisation may have, so that there is room for one more. */
const MOST = 15;

/**
 * Sets a webhook up at a host that is nowhere, by somebody who administers a company and has shown again who they are. The
 * app seals its secret, so that the worker signs with it. @returns its id
 */
export async function makeWebhook(client: Client): Promise<string> {
  const body = { url: "https://hooks.invalid/", description: "", eventTypes: ["worksheet.signed"], engagementId: null };
  return must<WebhookSecretDto>(await client.send("POST", WEBHOOKS, { body })).id;
}

/** Removes the oldest webhooks of a company where it has many, but not the one to keep. */
export async function makeRoom(client: Client, kept: string): Promise<void> {
  const { items } = must<{ items: readonly WebhookDto[] }>(await client.send("GET", WEBHOOKS));
  const others = items.filter(({ id }) => id !== kept);
  for (const { id } of others.slice(0, Math.max(0, others.length - MOST))) {
    must(await client.send("DELETE", `${WEBHOOKS}/${id}`));
  }
}
