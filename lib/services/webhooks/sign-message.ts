import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";

/** A new secret of an endpoint: 32 random bytes in base64, behind the prefix by which people and scanners know it. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(32).toString("base64")}`;
}

/** What is signed. */
export interface SignedParts {
  /** As the header `webhook-id` says it. */
  readonly id: string;
  /** Of this attempt. */
  readonly at: Date;
  readonly body: string;
}

/**
 * The headers of a message by Standard Webhooks 1.0 (standardwebhooks.com): for each secret an HMAC-SHA-256 over
 * `id.timestamp.body`, in base64.
 */
export function signedHeaders({ id, at, body }: SignedParts, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
