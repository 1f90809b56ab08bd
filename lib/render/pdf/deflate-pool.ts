import { constants, createDeflate } from "node:zlib";

/** Three takes half the time of the usual six, for content that is a fifth larger. */
const LEVEL = 3;
/** A page is little: a small window takes less time to prepare and finds as much. */
const WINDOW = { windowBits: 14, memLevel: 7 } as const;
const AT_ONCE = 2;

/** One compressor that is used again and again: to make one takes longer than to compress a page. */
class Deflater {
  // Every write is a whole: it ends its stream.
  readonly #stream = createDeflate({ level: LEVEL, ...WINDOW, flush: constants.Z_FINISH, chunkSize: 65_536 });
  #chunks: Uint8Array[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor() {
    this.#stream.on("data", (chunk: Uint8Array) => this.#chunks.push(chunk));
  }

  compress(content: Uint8Array): Promise<Uint8Array> {
    const done = this.#last.then(() => this.#compress(content));
    // A failure is told to the one whose content it was.
    this.#last = done.catch(() => undefined);
    return done;
  }

  close(): void {
    void this.#last.then(() => this.#stream.destroy());
  }

  #compress(content: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#stream.once("error", reject);
      this.#stream.write(content, (error) => {
        this.#stream.off("error", reject);
        if (error) {
          reject(error);
          return;
        }
        const [only, ...more] = this.#chunks;
        const whole = only && more.length === 0 ? only : Buffer.concat(this.#chunks);
        this.#chunks = [];
        this.#stream.reset();
        resolve(whole);
      });
    });
  }
}

/** Compresses on the thread pool, a few contents at a time. The same content gives the same bytes. */
export class DeflatePool {
  readonly #deflaters = Array.from({ length: AT_ONCE }, () => new Deflater());
  #next = 0;

  /** The content in the format of zlib. @throws what the compressor throws, which it does only when memory is out */
  compress(content: Uint8Array): Promise<Uint8Array> {
    const deflater = this.#deflaters[this.#next];
    this.#next = (this.#next + 1) % AT_ONCE;
    if (!deflater) throw new Error("There is no compressor.");
    return deflater.compress(content);
  }

  /** Gives the memory back, once what is being compressed is through. Nothing can be compressed afterwards. */
  close(): void {
    for (const deflater of this.#deflaters) deflater.close();
  }
}
