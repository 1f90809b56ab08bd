import type { TokenScope } from "@/lib/domain/access/token-rights";

/** The API token by which a person acts. */
export interface ActingToken {
  readonly id: string;
  readonly scope: TokenScope;
  /** The engagements that it is limited to; null for all of its person. */
  readonly engagementIds: readonly string[] | null;
}

/** The person behind a request, signed in or by an API token. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly organisationId: string;
  readonly sessionId: string;
  /** When its person last showed again in this session who they are, or null. */
  readonly stepUpAt: Date | null;
  /** There when a token acts for the person: the session is none then, and nothing was shown again. */
  readonly token?: ActingToken;
}

/** A request's promise that doing it twice does it once. */
export interface Idempotency {
  readonly key: string;
  /** SHA-256 over method, path and body: the same key with another request is refused. */
  readonly requestHash: string;
  readonly status: number;
}
