import pg from "pg";

/** A lock that is held. */
export interface HeldLock {
  /** Aborted, with {@link LockLost}, once the connection is gone and with it the lock: somebody else may have it by now. */
  readonly lost: AbortSignal;
  /** Gives it back. */
  readonly release: () => Promise<void>;
}

/** Why work ends that was done under a lock: nobody may say anything of it any more but who holds the lock now. */
export class LockLost extends Error {
  override readonly name = "LockLost";
}

/** A connection that does not answer for so long is a broken one (milliseconds). */
const PATIENCE_MS = 20_000;

/**
 * Locks that a process holds in the database for as long as it lives and is connected: when it is killed, PostgreSQL
 * gives them back by itself. Needs a connection of its own to the server (a pooler that shares connections breaks it).
 */
export class AdvisoryLocks {
  #client: pg.Client | null = null;
  /** Aborted when the connection goes. */
  #lost = new AbortController();
  /** A connection takes one statement at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly url: string) {}

  /**
   * Takes a lock if nobody has it. @returns null when somebody has it
   * @throws what the connection throws
   */
  take(name: string): Promise<HeldLock | null> {
    return this.#inTurn(async () => {
      const client = await this.#connected();
      const { signal: lost } = this.#lost;
      const { rows } = await client.query<{ taken: boolean }>(
        "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken",
        [name],
      );
      return rows[0]?.taken ? { lost, release: () => this.#inTurn(() => this.#release(client, name)) } : null;
    });
  }

  /** Looks whether the connection still stands. A network that has gone away says nothing by itself. */
  check(): Promise<void> {
    return this.#inTurn(async () => {
      const client = this.#client;
      if (!client) return;
      try {
        await client.query("SELECT 1");
      } catch {
        this.#forget(client);
        await client.end().catch(() => undefined);
      }
    });
  }

  async #release(client: pg.Client, name: string): Promise<void> {
    // With the connection went the lock.
    if (this.#client !== client) return;
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => undefined);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Gives everything back. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  #forget(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#lost.abort(new LockLost("The connection that held the lock is gone."));
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: 10_000,
      query_timeout: PATIENCE_MS,
      application_name: "countervail-locks",
    });
    client.on("error", () => this.#forget(client));
    client.on("end", () => this.#forget(client));
    await client.connect();
    this.#client = client;
    this.#lost = new AbortController();
    return client;
  }
}
