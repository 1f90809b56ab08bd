import type { OffByService } from "@/lib/domain/webhooks/message";

/**
 * Where an endpoint is, as the trail tells it: path and query can hold a secret, and the trail is read by more people, and
 * for longer, than the endpoint's page.
 */
export interface EndpointPlace {
  /** Scheme, host and port. */
  readonly origin: string;
  /**
   * SHA-256 of the whole address as it is stored, hex: that it changed, or that it is a certain one. A short secret in an
   * address can be guessed from it, as docs/webhooks.md says.
   */
  readonly addressDigest: string;
}

/** An endpoint's values; of its secret nothing is told. */
export interface EndpointValues extends EndpointPlace {
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
  readonly "webhook.secret_rotated": {
    readonly webhookId: string;
    readonly formerUntil: string | null;
    /** That this switched it on, which was off because its secret did not open. */
    readonly isOn?: true;
  };
  readonly "webhook.removed": EndpointPlace & { readonly webhookId: string };
  /** By the service, when what a removed endpoint was told is deleted, and its row. */
  readonly "webhook.erased": { readonly webhookId: string };
  /** By the service, once it does not sign any more. */
  readonly "webhook.former_secret_erased": { readonly webhookId: string };
  /** By the service: it answered that it is gone, took nothing for three days, or its secret does not open. */
  readonly "webhook.switched_off": { readonly webhookId: string; readonly reason: OffByService };
  readonly "webhook.tested": { readonly webhookId: string; readonly messageId: string };
  /** One message, or everything from an instant on. */
  readonly "webhook.replayed": {
    readonly webhookId: string;
    readonly messageId?: string;
    readonly since?: string;
    readonly count: number;
  };
}

const OFF_WHY: Readonly<Record<OffByService, string>> = {
  gone: "its endpoint answered that it is gone",
  failing: "it took nothing for three days",
  secret: "its secret cannot be opened",
};

/** What is said of webhooks behind the name of whoever acts. */
export const WEBHOOK_PHRASES = {
  "webhook.made": () => "set a webhook up",
  "webhook.changed": ({ isOn }: Partial<WebhookDetails["webhook.changed"]>) => {
    if (isOn === undefined) return "changed a webhook";
    return isOn ? "switched a webhook on" : "switched a webhook off";
  },
  "webhook.secret_rotated": ({ isOn }: Partial<WebhookDetails["webhook.secret_rotated"]>) =>
    isOn ? "gave a webhook another secret and switched it on" : "gave a webhook another secret",
  "webhook.removed": () => "removed a webhook",
  "webhook.erased": () => "deleted what a removed webhook was told",
  "webhook.former_secret_erased": () => "deleted the former secret of a webhook, whose time was over",
  "webhook.switched_off": ({ reason = "failing" }: Partial<WebhookDetails["webhook.switched_off"]>) =>
    `switched a webhook off: ${OFF_WHY[reason] ?? OFF_WHY.failing}`,
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
  "webhook.erased": { label: "Removed webhook’s messages deleted", table: "webhook_endpoint" },
  "webhook.former_secret_erased": { label: "Webhook’s former secret deleted", table: "webhook_endpoint" },
  "webhook.switched_off": { label: "Webhook switched off by the service", table: "webhook_endpoint" },
  "webhook.tested": { label: "Webhook tested", table: null },
  "webhook.replayed": { label: "Webhook’s messages sent again", table: null },
} as const;
