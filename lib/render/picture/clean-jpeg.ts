import { type JpegFacts, type JpegSegment, readJpeg, segmentAt } from "@/lib/render/picture/jpeg";
import { type Coder, type HuffmanTable, huffmanTable, TORN } from "@/lib/render/picture/jpeg-bits";
import { type JpegComponent, type JpegScan, readScan } from "@/lib/render/picture/jpeg-scan";

/** Files of programs have a dozen; each is gone through with all blocks, however few bytes it has. */
const MOST_SCANS = 64;
/** Each symbol is a byte of its own (ITU-T T.81, B.2.4.2). */
const MOST_SYMBOLS = 256;
const [START, END] = [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd9])];
/** A head that says no more than that the colours are those of JFIF. */
const JFIF = Buffer.from([0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);

/**
 * Reads a JPEG to its end, as whoever draws it has to, and writes it again with the picture alone: what programs and
 * cameras put beside it (where and when it was taken, remarks, smaller pictures, profiles) is left out, and what follows
 * the end. @throws RangeError with the reason, in words for whoever sent it
 */
export function cleanJpeg(file: Buffer, mostPixels: number): JpegFacts & { readonly picture: Buffer } {
  const facts = readJpeg(file, mostPixels);
  return { ...facts, picture: new JpegReader(file, facts).read() };
}

class JpegReader {
  readonly #kept: Buffer[] = [START];
  readonly #tables = new Map<number, HuffmanTable>();
  readonly #quantisers = new Set<number>();
  #components: readonly (JpegComponent & { readonly quantiser: number })[] = [];
  #restart = 0;
  #scans = 0;
  #progressive = false;

  constructor(
    readonly file: Buffer,
    readonly facts: JpegFacts,
  ) {}

  read(): Buffer {
    for (let at = 2; ; ) {
      const segment = segmentAt(this.file, at);
      if (segment.marker === 0xd9) break;
      this.#take(segment);
      at = segment.marker === 0xda ? this.#scan(segment) : segment.end;
    }
    if (this.#components.length === 0 || this.#components.some(({ seen }) => !seen)) throw new RangeError(TORN);
    return Buffer.concat([...this.#kept, END]);
  }

  /** Keeps what the picture is drawn by; a part that is kept whole is refused where it holds more than it has to. */
  #take(segment: JpegSegment): void {
    const { marker, body } = segment;
    const kept = keptOf(segment);
    if (kept) this.#kept.push(kept);
    if (marker === 0xc4) this.#huffman(body);
    if (marker === 0xdb) this.#quantise(body);
    if (marker === 0xdd) this.#restarts(body);
    if (marker >= 0xc0 && marker <= 0xc2) this.#frame(marker, body);
  }

  #restarts(body: Buffer): void {
    if (body.length !== 2) throw new RangeError(TORN);
    this.#restart = body.readUInt16BE(0);
  }

  #huffman(body: Buffer): void {
    for (let at = 0; at < body.length; ) {
      const place = body[at] ?? 0;
      const counts = body.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const symbols = body.subarray(at + 17, at + 17 + total);
      const isWhole = counts.length === 16 && symbols.length === total;
      if (!isWhole || total > MOST_SYMBOLS || !isPlace(place & 15) || place >> 4 > 1) throw new RangeError(TORN);
      this.#tables.set(place, huffmanTable(counts, symbols));
      at += 17 + total;
    }
  }

  #quantise(body: Buffer): void {
    for (let at = 0; at < body.length; ) {
      const [precision, place] = [(body[at] ?? 0) >> 4, (body[at] ?? 0) & 15];
      at += 1 + 64 * (precision === 0 ? 1 : 2);
      if (precision > 1 || !isPlace(place) || at > body.length) throw new RangeError(TORN);
      this.#quantisers.add(place);
    }
  }

  #frame(marker: number, body: Buffer): void {
    if (this.#components.length > 0) throw new RangeError(TORN);
    this.#progressive = marker === 0xc2;
    const { width, height, channels } = this.facts;
    if (body.length !== 6 + channels * 3) throw new RangeError(TORN);
    const told = Array.from({ length: channels }, (_, index) => {
      const [id = 0, sampling = 0, quantiser = 0] = body.subarray(6 + index * 3, 9 + index * 3);
      return { id, across: sampling >> 4, down: sampling & 15, quantiser };
    });
    if (told.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) throw new RangeError(TORN);
    const [most, tallest] = [Math.max(...told.map((one) => one.across)), Math.max(...told.map((one) => one.down))];
    const units = { across: Math.ceil(width / (8 * most)), down: Math.ceil(height / (8 * tallest)) };
    this.#units = units;
    this.#components = told.map((one) => ({
      ...one,
      columns: Math.ceil(Math.ceil((width * one.across) / most) / 8),
      rows: Math.ceil(Math.ceil((height * one.down) / tallest) / 8),
      stride: units.across * one.across,
      known: new Uint8Array(this.#progressive ? units.across * one.across * units.down * one.down * 64 : 0),
      seen: false,
    }));
  }

  #units = { across: 0, down: 0 };

  /** @returns where what comes behind the scan's codes begins */
  #scan({ body, end }: JpegSegment): number {
    this.#scans += 1;
    if (this.#scans > MOST_SCANS) throw new RangeError("The JPEG has too many scans. Save it as an ordinary JPEG.");
    const count = body[0] ?? 0;
    if (count < 1 || count > 4 || body.length !== 4 + 2 * count) throw new RangeError(TORN);
    const components = Array.from({ length: count }, (_, index) => {
      const [id, tables = 0] = body.subarray(1 + index * 2, 3 + index * 2);
      const component = this.#components.find((one) => one.id === id);
      if (!component || !this.#quantisers.has(component.quantiser)) throw new RangeError(TORN);
      return { component, dc: this.#coder(tables >> 4), ac: this.#coder(0x10 | (tables & 15)) };
    });
    const [from = 0, to = 0, bits = 0] = body.subarray(1 + 2 * count);
    const scan: JpegScan = {
      progressive: this.#progressive,
      components,
      band: { from, to, before: bits >> 4 },
      units: this.#units,
      restart: this.#restart,
    };
    if (this.#progressive && !isBand(scan)) throw new RangeError(TORN);
    const codesEnd = readScan(this.file, end, scan);
    this.#kept.push(this.file.subarray(end, codesEnd));
    return codesEnd;
  }

  #coder(place: number): Coder {
    return () => {
      const table = this.#tables.get(place);
      if (!table) throw new RangeError(TORN);
      return table;
    };
  }
}

/** What of a part is kept: that by which the picture is drawn, and of heads no more than whose colours they are. */
export function keptOf({ marker, body, whole }: JpegSegment): Buffer | null {
  if (marker === 0xe0 && body.subarray(0, 5).equals(JFIF.subarray(4, 9))) return JFIF;
  const isColours = marker === 0xee && body.length === 12 && body.toString("latin1", 0, 5) === "Adobe";
  return isColours || KEPT.has(marker) ? whole : null;
}

/** Tables, frame, restarts and scans. */
const KEPT: ReadonlySet<number> = new Set([0xdb, 0xc4, 0xdd, 0xc0, 0xc1, 0xc2, 0xda]);

/** Whether tables are kept at such a place (ITU-T T.81, B.2.4). */
function isPlace(place: number): boolean {
  return place <= 3;
}

function isBand({ band: { from, to }, components }: JpegScan): boolean {
  return from === 0 ? to === 0 : from <= to && to <= 63 && components.length === 1;
}
