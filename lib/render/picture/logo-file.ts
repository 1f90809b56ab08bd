import { cleanJpeg } from "@/lib/render/picture/clean-jpeg";
import { pngParts, readPng } from "@/lib/render/picture/png";
import { scaled } from "@/lib/render/picture/scale";
import { rewritePng, writePng } from "@/lib/render/picture/write-png";

/** Pixels that a logo's file may have. */
export const MOST_LOGO_PIXELS = 4_000_000;
/** The longest side may be so many times the other. */
const LONGEST = 12;
/** A PNG is kept no larger than 360 dots to an inch of the room for it on a page, 200 by 80 points: each PDF unpacks it. */
const ROOM = { width: 1_000, height: 400 } as const;

/** A logo's file as it is kept: the picture alone, and nothing that was put beside it. */
export interface LogoFile {
  readonly type: "image/png" | "image/jpeg";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly picture: Uint8Array;
}

/** A file that was sent, as a thread gets it. */
export interface LogoJob {
  readonly file: Uint8Array;
  readonly mostBytes: number;
}

/** What became of it: what is kept, or why it is not taken, in words for whoever sent it. */
export type LogoOutcome =
  | { readonly kind: "made"; readonly logo: LogoFile }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Looks a logo's file through to its end, as it will be when it is drawn, and makes of it what is kept. It may take a
 * second. @param mostBytes that are kept of it @throws RangeError with the reason, in words for whoever sent it
 */
export function makeLogoFile(file: Buffer, mostBytes: number): LogoFile {
  const made = file[0] === 0x89 ? keptPng(file, mostBytes) : keptJpeg(file);
  if (made.picture.length > mostBytes) throw new RangeError("The picture is too large to be kept. Make it smaller.");
  return made;
}

function keptPng(file: Buffer, mostBytes: number): LogoFile {
  const samples = readPng(file, MOST_LOGO_PIXELS);
  requireShape(samples);
  const { width, height } = samples;
  let factor = Math.max(1, width / ROOM.width, height / ROOM.height);
  const whole = factor === 1 ? rewritePng(pngParts(file, MOST_LOGO_PIXELS)) : null;
  if (whole && whole.length <= mostBytes) return { type: "image/png", width, height, picture: whole };
  for (;;) {
    const size = [Math.max(1, Math.round(width / factor)), Math.max(1, Math.round(height / factor))] as const;
    const picture = writePng(scaled(samples, ...size));
    if (picture.length <= mostBytes || Math.max(...size) < 100) {
      return { type: "image/png", width: size[0], height: size[1], picture };
    }
    factor *= 1.25;
  }
}

function keptJpeg(file: Buffer): LogoFile {
  if (file[0] !== 0xff) throw new RangeError("A logo is a PNG or a JPEG.");
  const { width, height, picture } = cleanJpeg(file, MOST_LOGO_PIXELS);
  requireShape({ width, height });
  return { type: "image/jpeg", width, height, picture };
}

function requireShape({ width, height }: Pick<LogoFile, "width" | "height">): void {
  if (Math.max(width, height) <= LONGEST * Math.min(width, height)) return;
  throw new RangeError(`One side of the picture is more than ${LONGEST} times as long as the other.`);
}
