import { type Coder, type HuffmanTable, JpegBits, TORN } from "@/lib/render/picture/jpeg-bits";

/** A colour of a JPEG, as its frame says, and what has been read of it (ITU-T T.81, B.2.2). */
export interface JpegComponent {
  readonly id: number;
  /** How many blocks of it a unit has, across and down. */
  readonly across: number;
  readonly down: number;
  /** Blocks that have something of the picture in them. */
  readonly columns: number;
  readonly rows: number;
  /** Blocks in a row, with those that fill up units. */
  readonly stride: number;
  /** Of a progressive picture: which coefficients are something by now. */
  readonly known: Uint8Array;
  /** Whether a scan has had it. */
  seen: boolean;
}

/** What a scan says of itself, and how its codes are read. */
export interface JpegScan {
  readonly progressive: boolean;
  readonly components: readonly { readonly component: JpegComponent; readonly dc: Coder; readonly ac: Coder }[];
  /** First and last coefficient, and the bits that are told before and by this scan. */
  readonly band: { readonly from: number; readonly to: number; readonly before: number };
  /** Units of the whole picture, across and down. */
  readonly units: { readonly across: number; readonly down: number };
  /** Units between two marks of restarting; 0 without. */
  readonly restart: number;
}

/**
 * Reads a scan's codes from their beginning to their end, as whoever draws it has to, and keeps only which coefficients are
 * something. @returns where the codes end @throws RangeError when they end too soon or are none
 */
export function readScan(file: Buffer, at: number, scan: JpegScan): number {
  const reader = new ScanReader(new JpegBits(file, at), scan);
  return reader.read();
}

class ScanReader {
  /** Blocks that are nothing further in this band. */
  #empty = 0;

  constructor(
    readonly bits: JpegBits,
    readonly scan: JpegScan,
  ) {}

  read(): number {
    const { components, units, restart } = this.scan;
    const [only] = components;
    const alone = components.length === 1 ? only?.component : undefined;
    const count = alone ? alone.columns * alone.rows : units.across * units.down;
    for (let unit = 0; unit < count; unit += 1) {
      if (restart > 0 && unit > 0 && unit % restart === 0) {
        this.bits.restart(unit / restart - 1);
        this.#empty = 0;
      }
      if (only && alone) {
        const place = Math.floor(unit / alone.columns) * alone.stride + (unit % alone.columns);
        this.#block(only, place);
      } else this.#unit(unit);
    }
    for (const { component } of components) component.seen = true;
    return this.bits.end();
  }

  #unit(unit: number): void {
    const [column, row] = [unit % this.scan.units.across, Math.floor(unit / this.scan.units.across)];
    for (const one of this.scan.components) {
      const { across, down, stride } = one.component;
      for (let y = 0; y < down; y += 1) {
        for (let x = 0; x < across; x += 1) this.#block(one, (row * down + y) * stride + column * across + x);
      }
    }
  }

  #block({ component, dc, ac }: JpegScan["components"][number], block: number): void {
    const { progressive, band } = this.scan;
    if (!progressive) {
      this.bits.skip(this.bits.symbol(dc()), 11);
      this.#wholeBand(ac());
    } else if (band.from === 0) {
      if (band.before === 0) this.bits.skip(this.bits.symbol(dc()), 11);
      else this.bits.bit();
    } else if (band.before === 0) this.#firstBand(ac(), component.known, block * 64);
    else this.#finerBand(ac(), component.known, block * 64);
  }

  #wholeBand(ac: HuffmanTable): void {
    for (let k = 1; k < 64; k += 1) {
      const symbol = this.bits.symbol(ac);
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && zeros < 15) return;
      k += zeros;
      if (k > 63) throw new RangeError(TORN);
      this.bits.skip(size, 15);
    }
  }

  /** G.1.2.2 */
  #firstBand(ac: HuffmanTable, known: Uint8Array, base: number): void {
    if (this.#empty > 0) {
      this.#empty -= 1;
      return;
    }
    const { from, to } = this.scan.band;
    for (let k = from; k <= to; k += 1) {
      const symbol = this.bits.symbol(ac);
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && zeros < 15) {
        this.#empty = (1 << zeros) + this.bits.value(zeros) - 1;
        return;
      }
      k += zeros;
      if (k > to) throw new RangeError(TORN);
      this.bits.skip(size, 15);
      if (size > 0) known[base + k] = 1;
    }
  }

  /** G.1.2.3 */
  #finerBand(ac: HuffmanTable, known: Uint8Array, base: number): void {
    const { from, to } = this.scan.band;
    let k = from;
    for (; this.#empty === 0 && k <= to; k += 1) {
      const symbol = this.bits.symbol(ac);
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && zeros < 15) {
        this.#empty = (1 << zeros) + this.bits.value(zeros);
        break;
      }
      if (size > 1) throw new RangeError(TORN);
      if (size === 1) this.bits.bit();
      k = this.#refined(known, base, k, zeros);
      if (size === 1) {
        if (k > to) throw new RangeError(TORN);
        known[base + k] = 1;
      }
    }
    if (this.#empty === 0) return;
    this.#refined(known, base, k, 64);
    this.#empty -= 1;
  }

  /** Reads a bit for each coefficient that is something, past so many that are nothing. @returns where that ends */
  #refined(known: Uint8Array, base: number, from: number, zeros: number): number {
    let left = zeros;
    let k = from;
    for (; k <= this.scan.band.to; k += 1) {
      if (known[base + k] === 1) this.bits.bit();
      else if (left === 0) break;
      else left -= 1;
    }
    return k;
  }
}
