/** An endpoint's values; of its secret nothing is told. */
export interface EndpointValues {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
  readonly engagementLimit: string | null;
  readonly isOn: boolean;
}

/** What the trail tells of webhooks. */
export interface WebhookDetails {
  readonly "webhook.made": EndpointValues & { readonly webhookId: string };
  /** With the values that changed, and what they were. */
  readonly "webhook.changed": Partial<EndpointValues> & {
    readonly webhookId: string;
    readonly before: Partial<EndpointValues>;
  };
  readonly "webhook.secret_rotated": { readonly webhookId: string; readonly formerUntil: string | null };
  readonly "webhook.removed": { readonly webhookId: string; readonly url: string };
  /** By the service: it answered that it is gone, or took nothing for three days. */
  readonly "webhook.switched_off": { readonly webhookId: string; readonly reason: "gone" | "failing" };
  readonly "webhook.tested": { readonly webhookId: string; readonly messageId: string };
  /** One message, or everything from an instant on. */
  readonly "webhook.replayed": {
    readonly webhookId: string;
    readonly messageId?: string;
    readonly since?: string;
    readonly count: number;
  };
}

/** What is said of webhooks behind the name of whoever acts. */
export const WEBHOOK_PHRASES = {
  "webhook.made": () => "set a webhook up",
  "webhook.changed": ({ isOn }: Partial<WebhookDetails["webhook.changed"]>) => {
    if (isOn === undefined) return "changed a webhook";
    return isOn ? "switched a webhook on" : "switched a webhook off";
  },
  "webhook.secret_rotated": () => "gave a webhook another secret",
  "webhook.removed": () => "removed a webhook",
  "webhook.switched_off": ({ reason }: Partial<WebhookDetails["webhook.switched_off"]>) =>
    `switched a webhook off: ${reason === "gone" ? "its endpoint answered that it is gone" : "it took nothing for three days"}`,
  "webhook.tested": () => "sent a test message to a webhook",
  "webhook.replayed": ({ messageId, count = 0 }: Partial<WebhookDetails["webhook.replayed"]>) =>
    messageId === undefined
      ? `had ${count} ${count === 1 ? "message" : "messages"} of a webhook sent again`
      : "had a message of a webhook sent again",
} as const;

/** What each of these events is called in lists, and whose rows it changes. */
export const WEBHOOK_LABELS = {
  "webhook.made": { label: "Webhook set up", table: "webhook_endpoint" },
  "webhook.changed": { label: "Webhook changed", table: "webhook_endpoint" },
  "webhook.secret_rotated": { label: "Webhook’s secret replaced", table: "webhook_endpoint" },
  "webhook.removed": { label: "Webhook removed", table: "webhook_endpoint" },
  "webhook.switched_off": { label: "Webhook switched off by the service", table: "webhook_endpoint" },
  "webhook.tested": { label: "Webhook tested", table: null },
  "webhook.replayed": { label: "Webhook’s messages sent again", table: null },
} as const;
