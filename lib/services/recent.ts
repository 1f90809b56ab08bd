/** Answers by a key, as many as are kept: the one that was asked for the longest ago goes first. */
export class Recent<V> {
  readonly #values = new Map<string, V>();

  /** @param most as many as are kept */
  constructor(private readonly most: number) {}

  /** Undefined where there is none. */
  get(key: string): V | undefined {
    const value = this.#values.get(key);
    // Put last: the first in the map is the one that was asked for the longest ago.
    if (value !== undefined && this.#values.delete(key)) this.#values.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.most && oldest !== undefined) this.#values.delete(oldest);
  }
}
