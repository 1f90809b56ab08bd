import { inflateSync } from "node:zlib";

/** A picture as samples: three bytes of colour for each pixel, by rows from the top, and a byte of opacity where it is not all opaque. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly colour: Buffer;
  readonly opacity: Buffer | null;
}

/** How a PNG begins. */
export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_END = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const DRAWN_BY: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "IDAT"]);
/** Samples of a pixel, by the kind of colour (PNG, third edition, 11.2.1). */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Head {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly kind: number;
  readonly channels: number;
}

interface Chunks {
  readonly head: Head;
  readonly plain: Buffer;
  readonly data: Buffer;
  readonly palette: Buffer;
  readonly clear: Buffer;
}

/** What a PNG's picture is drawn by. */
export interface PngParts {
  /** The head's bytes. */
  readonly head: Buffer;
  /** Unpacked, each row as the difference to others. */
  readonly rows: Buffer;
  readonly palette: Buffer;
  /** What of the palette is clear and how far, or which colour is; empty for nothing. */
  readonly clear: Buffer;
}

/** Takes a PNG apart. @throws as {@link readPng} */
export function pngParts(file: Buffer, mostPixels: number): PngParts {
  const { head, plain, data, palette, clear } = chunksOf(file, mostPixels);
  return { head: plain, rows: unpacked(data, head.height * (strideOf(head) + 1)), palette, clear };
}

/** A PNG with the parts alone by which its picture is drawn, each as it was. @throws RangeError for one that is cut */
export function pngAlone(file: Buffer): Buffer {
  const kept: Buffer[] = [PNG_SIGNATURE];
  for (const { type, whole } of eachChunk(file)) if (DRAWN_BY.has(type)) kept.push(whole);
  return Buffer.concat([...kept, PNG_END]);
}

/**
 * Reads a PNG as samples. @param mostPixels how many pixels it may have: more is not unpacked
 * @throws RangeError with the reason, in words for whoever sent it
 */
export function readPng(file: Buffer, mostPixels: number): Samples {
  const { head, data, palette, clear } = chunksOf(file, mostPixels);
  const { width, height, channels } = head;
  const stride = strideOf(head);
  const rows = unfiltered(unpacked(data, height * (stride + 1)), head, stride);
  const colour = Buffer.alloc(width * height * 3);
  const opacity = Buffer.alloc(width * height, 255);
  const paint = painterOf(head, palette, clear);
  for (let y = 0; y < height; y += 1) {
    const row = samplesOf(rows.subarray(y * stride, (y + 1) * stride), head);
    for (let x = 0; x < width; x += 1) paint(row, x * channels, y * width + x, colour, opacity);
  }
  return { width, height, colour, opacity: opacity.every((value) => value === 255) ? null : opacity };
}

function chunksOf(file: Buffer, mostPixels: number): Chunks {
  if (!file.subarray(0, 8).equals(PNG_SIGNATURE)) throw new RangeError("It is no PNG.");
  const bodies = new Map<string, Buffer[]>();
  for (const { type, body } of eachChunk(file)) {
    const known = bodies.get(type);
    if (known) known.push(body);
    else bodies.set(type, [body]);
  }
  const only = (type: string) => bodies.get(type)?.[0] ?? Buffer.alloc(0);
  const data = bodies.get("IDAT") ?? [];
  const head = headOf(only("IHDR"), mostPixels);
  if (data.length === 0) throw new RangeError("The PNG has no picture in it.");
  if (head.kind === 3 && only("PLTE").length === 0) throw new RangeError("The PNG has no colours for its picture.");
  const [palette, clear] = [only("PLTE").subarray(0, 768), only("tRNS").subarray(0, 256)];
  return { head, plain: only("IHDR"), data: Buffer.concat(data), palette, clear };
}

function* eachChunk(file: Buffer): Generator<{ readonly type: string; readonly body: Buffer; readonly whole: Buffer }> {
  for (let at = 8; ; ) {
    const length = at + 12 > file.length ? file.length : file.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > file.length) throw new RangeError("The PNG ends before it is whole.");
    const type = file.subarray(at + 4, at + 8).toString("latin1");
    if (type === "IEND") return;
    yield { type, body: file.subarray(at + 8, end), whole: file.subarray(at, end + 4) };
    at = end + 4;
  }
}

/** Bytes of a row. */
function strideOf({ width, channels, depth }: Head): number {
  return Math.ceil((width * channels * depth) / 8);
}

function headOf(body: Buffer, mostPixels: number): Head {
  if (body.length !== 13) throw new RangeError("The PNG's head cannot be read.");
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
  const [depth = 0, kind = 0, , , interlaced = 0] = body.subarray(8);
  const channels = CHANNELS[kind];
  if (channels === undefined || !DEPTHS[kind]?.includes(depth))
    throw new RangeError("The PNG's colours cannot be read.");
  if (width === 0 || height === 0 || width * height > mostPixels) throw new RangeError("The PNG has too many pixels.");
  if (interlaced !== 0) throw new RangeError("The PNG is interlaced. Save it without interlacing.");
  return { width, height, depth, kind, channels };
}

function unpacked(data: Buffer, length: number): Buffer {
  let rows: Buffer;
  try {
    rows = inflateSync(data, { maxOutputLength: length + 1 });
  } catch {
    throw new RangeError("The PNG's picture cannot be unpacked.");
  }
  if (rows.length !== length) throw new RangeError("The PNG's picture is not of the size that it says.");
  return rows;
}

/** Undoes what each row was written as the difference to (PNG, third edition, 9). */
function unfiltered(rows: Buffer, { height, channels, depth }: Head, stride: number): Buffer {
  const step = Math.max(1, (channels * depth) / 8);
  const out = Buffer.alloc(height * stride);
  let above: Buffer = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)] ?? 0;
    if (filter > 4) throw new RangeError("The PNG's picture cannot be unpacked.");
    const row = out.subarray(y * stride, (y + 1) * stride);
    rows.copy(row, 0, y * (stride + 1) + 1);
    for (let x = 0; x < step && x < stride; x += 1) row[x] = (row[x] ?? 0) + predicted(filter, 0, above[x] ?? 0, 0);
    for (let x = step; x < stride; x += 1) {
      row[x] = (row[x] ?? 0) + predicted(filter, row[x - step] ?? 0, above[x] ?? 0, above[x - step] ?? 0);
    }
    above = row;
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? nearest(left, up, corner) : 0;
}

function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** The samples of a row, a byte each: of 16 bits the upper ones, of fewer than 8 as they are. */
function samplesOf(row: Buffer, { width, channels, depth }: Head): Uint8Array {
  const count = width * channels;
  if (depth === 8) return row;
  const samples = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    if (depth === 16) samples[index] = row[index * 2] ?? 0;
    else
      samples[index] = ((row[(index * depth) >> 3] ?? 0) >> (8 - depth - ((index * depth) & 7))) & ((1 << depth) - 1);
  }
  return samples;
}

type Painter = (row: Uint8Array, from: number, pixel: number, colour: Buffer, opacity: Buffer) => void;

function put(colour: Buffer, pixel: number, samples: readonly number[], scale = 1): void {
  for (let channel = 0; channel < 3; channel += 1) colour[pixel * 3 + channel] = (samples[channel] ?? 0) * scale;
}

function painterOf(head: Head, palette: Buffer, clear: Buffer): Painter {
  return head.kind === 3 ? palettePainter(palette, clear) : plainPainter(head, clear);
}

function palettePainter(palette: Buffer, clear: Buffer): Painter {
  return (row, from, pixel, colour, opacity) => {
    const index = row[from] ?? 0;
    put(colour, pixel, [...palette.subarray(index * 3, index * 3 + 3)]);
    opacity[pixel] = clear[index] ?? 255;
  };
}

function plainPainter({ kind, depth }: Head, clear: Buffer): Painter {
  const isGrey = kind === 0 || kind === 4;
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
  // One colour may be said to be clear; of 16 bits its upper ones are compared.
  const at = depth === 16 ? 0 : 1;
  const cleared = Array.from({ length: clear.length >> 1 }, (_, index) => clear[index * 2 + at]);
  const isClear = (samples: readonly number[]) =>
    cleared.length > 0 && cleared.every((value, index) => value === samples[index]);
  return (row, from, pixel, colour, opacity) => {
    const own = [...row.subarray(from, from + (isGrey ? 1 : 3))];
    const [grey = 0] = own;
    put(colour, pixel, isGrey ? [grey, grey, grey] : own, scale);
    if (kind >= 4) opacity[pixel] = row[from + own.length] ?? 255;
    else if (isClear(own)) opacity[pixel] = 0;
  };
}
