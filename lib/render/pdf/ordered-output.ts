import { DeflatePool } from "@/lib/render/pdf/deflate-pool";

/** Takes the finished bytes of a file in their order. What it returns is awaited before more is made. */
export type ByteSink = (chunk: Uint8Array) => void | Promise<void>;

/** With more streams than this to be compressed whoever makes them has to wait, until there are few again. */
const MOST_WAITING = 24;
const FEW_WAITING = 8;
/** Small writes are gathered to chunks of this size. */
const CHUNK = 65_536;
/** What is ready is given on in pieces of about this size. */
const PIECE = 262_144;

/** Bytes at their place, or a stream whose place is kept until it is compressed. */
interface Waiting {
  readonly body: Promise<Uint8Array>;
}

/**
 * The bytes of one PDF. Streams are compressed beside on the thread pool while more is laid out, and everything is given
 * on in the order in which it was written, so that the same calls give the same bytes.
 *
 * Until a stream is compressed its length is not known. Offsets are therefore counted as if each stream were one byte
 * long, and {@link realOffsets} puts the lengths in at the end.
 */
export class OrderedOutput {
  readonly #sink: ByteSink;
  readonly #deflate = new DeflatePool();
  readonly #waiting: (Uint8Array | Waiting)[] = [];
  /** Counted offsets of the streams, and what each is longer than the one byte that it was counted as. */
  readonly #places: number[] = [];
  readonly #growth: number[] = [];
  #chunk = Buffer.allocUnsafe(CHUNK);
  #filled = 0;
  #streams = 0;
  #pumping: Promise<void> | null = null;
  /** Lets the one go on that waits for few streams. */
  #ease: (() => void) | null = null;
  #failure: unknown = null;
  #ready: Uint8Array[] = [];
  #readySize = 0;
  #finishing = false;
  /** Where the next byte goes, as counted. */
  offset = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Writes text of one byte a character. */
  text(text: string): void {
    const { length } = text;
    this.offset += length;
    if (length > CHUNK) {
      this.#push(Buffer.from(text, "latin1"));
      return;
    }
    if (this.#filled + length > CHUNK) this.#endChunk();
    this.#filled += this.#chunk.write(text, this.#filled, "latin1");
  }

  /** Writes bytes. */
  bytes(bytes: Uint8Array): void {
    this.offset += bytes.length;
    if (bytes.length > CHUNK / 4) {
      this.#push(bytes);
      return;
    }
    if (this.#filled + bytes.length > CHUNK) this.#endChunk();
    this.#chunk.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** Writes an object that is a stream, compressed. @param entries further entries of its dictionary */
  stream(id: number, content: Uint8Array, entries = ""): void {
    this.#endChunk();
    this.#places.push(this.offset);
    const body = this.#deflate.compress(content).then(framed(id, entries));
    // A failure is told when its turn comes.
    body.catch(() => undefined);
    this.#waiting.push({ body });
    this.offset += 1;
    this.#streams += 1;
    this.#pump();
  }

  /** Waits while much is not yet compressed or not yet taken. @throws what the sink or the compression threw */
  async drain(): Promise<void> {
    if (this.#failure === null && this.#streams > MOST_WAITING) {
      await new Promise<void>((resolve) => {
        this.#ease = resolve;
      });
    }
    if (this.#failure !== null) throw this.#failure;
  }

  /** Gives everything on. @throws as {@link drain} */
  async finish(): Promise<void> {
    this.#endChunk();
    this.#finishing = true;
    this.#pump();
    while (this.#pumping) await this.#pumping;
    this.#finishing = false;
    if (this.#failure !== null) throw this.#failure;
  }

  /** Gives back what is held for compressing. */
  close(): void {
    this.#deflate.close();
  }

  /** Real offsets of counted ones, once {@link finish} is through; what is below zero is no offset and stays. */
  realOffsets(counted: readonly number[]): number[] {
    const before = [0];
    for (const growth of this.#growth) before.push((before.at(-1) ?? 0) + growth);
    return counted.map((offset) => (offset < 0 ? offset : offset + (before[this.#streamsBefore(offset)] ?? 0)));
  }

  #streamsBefore(offset: number): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#places[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #endChunk(): void {
    if (this.#filled === 0) return;
    const full = this.#chunk.subarray(0, this.#filled);
    this.#chunk = Buffer.allocUnsafe(CHUNK);
    this.#filled = 0;
    this.#waiting.push(full);
    this.#pump();
  }

  #push(bytes: Uint8Array): void {
    this.#endChunk();
    this.#waiting.push(bytes);
    this.#pump();
  }

  #pump(): void {
    this.#pumping ??= this.#giveOn().finally(() => {
      this.#pumping = null;
    });
  }

  async #giveOn(): Promise<void> {
    // Begins in a turn of its own, so that nothing is given on in the middle of a call.
    await Promise.resolve();
    if (this.#failure !== null) {
      // Nobody takes it any more.
      this.#waiting.length = 0;
      return;
    }
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        const bytes = next instanceof Uint8Array ? next : await this.#compressed(next);
        this.#ready.push(bytes);
        this.#readySize += bytes.length;
        if (this.#readySize >= PIECE) await this.#give();
        if (this.#streams <= FEW_WAITING) this.#easeOff();
      }
      if (this.#finishing) await this.#give();
    } catch (error) {
      this.#failure = error;
      this.#waiting.length = 0;
      this.close();
      this.#easeOff();
    }
  }

  async #compressed({ body }: Waiting): Promise<Uint8Array> {
    const bytes = await body;
    this.#growth.push(bytes.length - 1);
    this.#streams -= 1;
    return bytes;
  }

  async #give(): Promise<void> {
    const [only, ...more] = this.#ready;
    if (!only) return;
    const piece = more.length === 0 ? only : Buffer.concat(this.#ready, this.#readySize);
    this.#ready = [];
    this.#readySize = 0;
    await this.#sink(piece);
  }

  #easeOff(): void {
    this.#ease?.();
    this.#ease = null;
  }
}

function framed(id: number, entries: string): (content: Uint8Array) => Uint8Array {
  return (content) =>
    Buffer.concat([
      Buffer.from(`${id} 0 obj\n<</Length ${content.length}/Filter/FlateDecode${entries}>>\nstream\n`, "latin1"),
      content,
      Buffer.from("\nendstream\nendobj\n", "latin1"),
    ]);
}
