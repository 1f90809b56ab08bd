/** A message as it is stored. */
export interface StoredMessage {
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly eventId: string;
  readonly path: string;
  readonly data: unknown;
}

/** The states of a message: in line, taken by the endpoint, given up, or not sent because the endpoint was off. */
export const MESSAGE_STATES = ["waiting", "delivered", "failed", "skipped"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/**
 * Why an endpoint is off: a person said so, it answered 410, it took nothing for three days, older data came back, or its
 * secret does not open.
 */
export type OffReason = "person" | "gone" | "failing" | "restored" | "secret";

/** Those for which the service switches one off by itself, with a mail to its administrators. */
export type OffByService = Extract<OffReason, "gone" | "failing" | "secret">;

/** What `webhook-id` says: the same for every attempt, and when a person has it sent again. */
export function messageId(id: string): string {
  return `msg_${id}`;
}

/**
 * The body of a message: the same bytes for every attempt.
 * @param origin what our service is reached at, without a trailing slash
 */
export function messageBody({ type, at, eventId, path, data }: StoredMessage, origin: string): string {
  const told = typeof data === "object" && data !== null ? data : {};
  const url = path === "" ? {} : { url: `${origin}${path}` };
  return JSON.stringify({ type, timestamp: at.toISOString(), data: { eventId, ...told, ...url } });
}
