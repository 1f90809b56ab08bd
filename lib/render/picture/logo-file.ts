import { readJpeg } from "@/lib/render/picture/jpeg";
import { readPng } from "@/lib/render/picture/png";

/** Pixels that a logo may have: it is drawn a few centimetres wide, and unpacked to draw it. */
export const MOST_LOGO_PIXELS = 4_000_000;
/** The longest side may be so many times the other. */
const LONGEST = 12;

/** A logo's file as it was looked through. */
export interface LogoFile {
  readonly type: "image/png" | "image/jpeg";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Looks a logo's file through as it will be when it is drawn. @throws RangeError with the reason, in words for whoever sent it */
export function readLogoFile(file: Buffer): LogoFile {
  const found = fileOf(file);
  const { width, height } = found;
  if (Math.max(width, height) > LONGEST * Math.min(width, height)) {
    throw new RangeError(`One side of the picture is more than ${LONGEST} times as long as the other.`);
  }
  return found;
}

function fileOf(file: Buffer): LogoFile {
  if (file[0] === 0x89) {
    const { width, height } = readPng(file, MOST_LOGO_PIXELS);
    return { type: "image/png", width, height };
  }
  if (file[0] === 0xff) {
    const { width, height } = readJpeg(file, MOST_LOGO_PIXELS);
    return { type: "image/jpeg", width, height };
  }
  throw new RangeError("A logo is a PNG or a JPEG.");
}
