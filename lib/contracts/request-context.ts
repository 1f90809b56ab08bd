/** The signed-in person behind a request. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly organisationId: string;
  readonly sessionId: string;
  /** When its person last showed again in this session who they are, or null. */
  readonly stepUpAt: Date | null;
}

/** A request's promise that doing it twice does it once. */
export interface Idempotency {
  readonly key: string;
  /** SHA-256 over method, path and body: the same key with another request is refused. */
  readonly requestHash: string;
  readonly status: number;
}
