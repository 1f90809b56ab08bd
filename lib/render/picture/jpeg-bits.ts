/** What is said of a JPEG whose codes are none or end too soon. */
export const TORN = "The JPEG’s picture cannot be read to its end.";

/** A table of codes (ITU-T T.81, annex C). */
export interface HuffmanTable {
  /** By length in bits, the code that follows the last one; 0 where there is none. */
  readonly beyond: readonly number[];
  /** By length, what to add to a code for its place among the symbols. */
  readonly offset: readonly number[];
  readonly symbols: Uint8Array;
}

/** Gives a table when it is used. @throws RangeError where the file has none */
export type Coder = () => HuffmanTable;

/** Reads a table of codes from how many there are of each length, and their symbols. @throws RangeError */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const [beyond, offset] = [[0], [0]];
  let [code, place] = [0, 0];
  for (const [index, count] of counts.entries()) {
    offset.push(place - code);
    code += count;
    place += count;
    if (code > 1 << (index + 1)) throw new RangeError(TORN);
    beyond.push(code);
    code <<= 1;
  }
  return { beyond, offset, symbols };
}

/** Reads bits of coded data, in which a byte of ones is followed by one of zeros (B.1.1.5). */
export class JpegBits {
  #byte = 0;
  #left = 0;

  constructor(
    readonly file: Buffer,
    private at: number,
  ) {}

  bit(): number {
    if (this.#left === 0) this.#next();
    this.#left -= 1;
    return (this.#byte >> this.#left) & 1;
  }

  value(bits: number): number {
    let value = 0;
    for (let index = 0; index < bits; index += 1) value = (value << 1) | this.bit();
    return value;
  }

  /** Passes over a value. @throws RangeError for one that is longer than can be */
  skip(bits: number, most: number): void {
    if (bits > most) throw new RangeError(TORN);
    for (let index = 0; index < bits; index += 1) this.bit();
  }

  symbol({ beyond, offset, symbols }: HuffmanTable): number {
    let code = 0;
    for (let length = 1; length <= 16; length += 1) {
      code = (code << 1) | this.bit();
      if (code < (beyond[length] ?? 0)) {
        const symbol = symbols[code + (offset[length] ?? 0)];
        if (symbol !== undefined) return symbol;
      }
    }
    throw new RangeError(TORN);
  }

  /** Goes on behind a mark of restarting. @param number how many there were before */
  restart(number: number): void {
    const at = this.end();
    if (this.file[at] !== 0xff || this.file[at + 1] !== 0xd0 + (number & 7)) throw new RangeError(TORN);
    this.at = at + 2;
  }

  /** Where the codes end: what is left of a byte only fills it up. */
  end(): number {
    this.#left = 0;
    return this.at;
  }

  #next(): void {
    const byte = this.file[this.at];
    if (byte === undefined || (byte === 0xff && this.file[this.at + 1] !== 0)) throw new RangeError(TORN);
    this.at += byte === 0xff ? 2 : 1;
    this.#byte = byte;
    this.#left = 8;
  }
}
