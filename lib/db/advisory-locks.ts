import pg from "pg";

/**
 * Locks that a process holds in the database for as long as it lives and is connected: when it is killed, PostgreSQL
 * gives them back by itself. Needs a connection of its own to the server (a pooler that shares connections breaks it).
 */
export class AdvisoryLocks {
  #client: pg.Client | null = null;
  /** A connection takes one statement at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly url: string) {}

  /**
   * Takes a lock if nobody has it. @returns gives it back; null when somebody has it
   * @throws what the connection throws
   */
  take(name: string): Promise<(() => Promise<void>) | null> {
    return this.#inTurn(async () => {
      const client = await this.#connected();
      const { rows } = await client.query<{ taken: boolean }>(
        "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken",
        [name],
      );
      return rows[0]?.taken ? () => this.#inTurn(() => this.#release(client, name)) : null;
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

  async #connected(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 10_000 });
    const forget = () => {
      if (this.#client === client) this.#client = null;
    };
    client.on("error", forget);
    client.on("end", forget);
    await client.connect();
    this.#client = client;
    return client;
  }
}
