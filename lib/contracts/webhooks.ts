import { z } from "zod";
import { pagingQuery } from "@/lib/contracts/paging";
import type { PersonRef } from "@/lib/contracts/section";
import { requiredText, rowVersion, text, uuid } from "@/lib/contracts/text";
import { WEBHOOK_TYPE_NAMES, type WebhookType } from "@/lib/domain/webhooks/event-types";
import { MESSAGE_STATES, type MessageState, type OffReason } from "@/lib/domain/webhooks/message";

const TYPES = WEBHOOK_TYPE_NAMES as readonly [WebhookType, ...WebhookType[]];

const values = {
  url: requiredText(2_000),
  description: text(200),
  eventTypes: z
    .array(z.enum(TYPES))
    .min(1, "Choose at least one event.")
    .max(TYPES.length)
    .transform((types) => TYPES.filter((type) => types.includes(type))),
  /** Null for all engagements of the organisation, also later ones. */
  engagementId: uuid.nullable(),
};

/** Body of `POST /organisation/webhooks`. */
export const makeWebhookInput = z.strictObject(values);
export type MakeWebhookInput = z.output<typeof makeWebhookInput>;

/** Body of `PUT /organisation/webhooks/[webhookId]`: all of it, and the version that it was read at. */
export const changeWebhookInput = z.strictObject({ ...values, isOn: z.boolean(), version: rowVersion });
export type ChangeWebhookInput = z.output<typeof changeWebhookInput>;

/** Query of `GET /organisation/webhooks/[webhookId]/deliveries`. */
export const deliveriesQuery = pagingQuery.extend({ state: z.enum(MESSAGE_STATES).optional() });
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>;

/** Body of `POST /organisation/webhooks/[webhookId]/replay`: one message, or everything that happened since an instant. */
export const replayInput = z.union(
  [
    z.strictObject({ messageId: uuid }),
    z.strictObject({ since: z.iso.datetime("Not an instant in ISO 8601, in UTC.") }),
  ],
  "Give either messageId or since.",
);
export type ReplayInput = z.infer<typeof replayInput>;

/** An endpoint that an organisation is told at: `GET /organisation/webhooks`. Instants are ISO; the secret is never told again. */
export interface WebhookDto {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly WebhookType[];
  readonly engagementId: string | null;
  readonly isOn: boolean;
  readonly offReason: OffReason | null;
  /** Until when the secret before the last one signs too; null when it does not. */
  readonly formerSecretUntil: string | null;
  readonly createdBy: PersonRef;
  readonly createdAt: string;
  readonly version: number;
  /** How many messages wait in line, and how many were given up in the last 30 days. */
  readonly waiting: number;
  readonly failed: number;
  /** The last attempt, or null when there was none. */
  readonly lastAttempt: { readonly at: string; readonly delivered: boolean; readonly trouble: string } | null;
}

/** An endpoint with its secret, the one time that it is shown: replies of `POST …/webhooks` and `POST …/rotate`. */
export interface WebhookSecretDto extends WebhookDto {
  readonly secret: string;
}

/** One request to an endpoint. */
export interface AttemptDto {
  readonly at: string;
  readonly durationMs: number;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly delivered: boolean;
  /** Why it was no delivery, in words; empty for a delivery. */
  readonly trouble: string;
  /** The first kilobyte of the answer, as text. */
  readonly answer: string;
}

/** A message for an endpoint, with the attempts to deliver it, the newest first. */
export interface DeliveryDto {
  readonly id: string;
  /** As the header `webhook-id` has it. */
  readonly webhookId: string;
  readonly type: string;
  readonly at: string;
  readonly subject: string;
  readonly state: MessageState;
  /** When it is tried next; null when it is not. */
  readonly nextAt: string | null;
  readonly replays: number;
  /** What is sent. */
  readonly body: string;
  readonly attempts: readonly AttemptDto[];
}

/** How many messages were put in line again: `POST …/replay`. */
export interface ReplayedDto {
  readonly count: number;
}
