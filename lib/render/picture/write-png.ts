import { crc32, deflateSync } from "node:zlib";
import { PNG_SIGNATURE, type PngParts, type Samples } from "@/lib/render/picture/png";

/** Writes samples as a PNG of 8 bits, with nothing but the picture in it. */
export function writePng({ width, height, colour, opacity }: Samples): Buffer {
  const samples = opacity ? joined(colour, opacity) : colour;
  const channels = opacity ? 4 : 3;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, opacity ? 6 : 2], 8);
  return fileOf([chunk("IHDR", head), chunk("IDAT", packed(filteredRows(samples, width * channels, channels)))]);
}

/** Writes a PNG again from the parts by which its picture is drawn, sample by sample as it was, and without anything beside. */
export function rewritePng({ head, rows, palette, clear }: PngParts): Buffer {
  const kind = head[9];
  return fileOf([
    chunk("IHDR", head),
    ...(kind === 3 ? [chunk("PLTE", palette)] : []),
    ...(clear.length > 0 && (kind === 0 || kind === 2 || kind === 3) ? [chunk("tRNS", clear)] : []),
    chunk("IDAT", packed(rows)),
  ]);
}

/**
 * Rows as differences to what is beside or above, each in the way that leaves the smallest numbers, with that way before it
 * (PNG, third edition, 9 and 12.7). @param stride bytes in a row @param step bytes of a pixel
 */
export function filteredRows(samples: Buffer, stride: number, step: number): Buffer {
  const count = samples.length / stride;
  const out = Buffer.alloc(samples.length + count);
  const tried = WAYS.map(() => Buffer.alloc(stride));
  const none = Buffer.alloc(stride);
  for (let y = 0; y < count; y += 1) {
    const row = samples.subarray(y * stride, (y + 1) * stride);
    const above = y === 0 ? none : samples.subarray((y - 1) * stride, y * stride);
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [way, line] of tried.entries()) {
      const sum = WAYS[way]?.(row, above, step, line) ?? 0;
      if (sum < least) [best, least] = [way, sum];
    }
    out[y * (stride + 1)] = NUMBERS[best] ?? 0;
    tried[best]?.copy(out, y * (stride + 1) + 1);
  }
  return out;
}

type Way = (row: Buffer, above: Buffer, step: number, line: Buffer) => number;

/** As it is, to the pixel before, and to the one above: what more could be had takes longer than it saves. */
const WAYS: readonly Way[] = [
  (row, _, __, line) => sized(row, line, () => 0),
  (row, _, step, line) => sized(row, line, (x) => (x < step ? 0 : (row[x - step] ?? 0))),
  (row, above, _, line) => sized(row, line, (x) => above[x] ?? 0),
];
const NUMBERS = [0, 1, 2] as const;

function sized(row: Buffer, line: Buffer, guess: (x: number) => number): number {
  let sum = 0;
  for (let x = 0; x < row.length; x += 1) {
    const left = ((row[x] ?? 0) - guess(x)) & 0xff;
    line[x] = left;
    sum += left < 128 ? left : 256 - left;
  }
  return sum;
}

function joined(colour: Buffer, opacity: Buffer): Buffer {
  const out = Buffer.alloc(opacity.length * 4);
  for (let pixel = 0; pixel < opacity.length; pixel += 1) {
    colour.copy(out, pixel * 4, pixel * 3, pixel * 3 + 3);
    out[pixel * 4 + 3] = opacity[pixel] ?? 0;
  }
  return out;
}

function packed(rows: Buffer): Buffer {
  return deflateSync(rows, { level: 9 });
}

function fileOf(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([PNG_SIGNATURE, ...chunks, chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
