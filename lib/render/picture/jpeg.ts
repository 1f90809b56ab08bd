/** What a JPEG says of itself. */
export interface JpegFacts {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for colour. */
  readonly channels: 1 | 3;
}

/** A part of a JPEG between two marks. */
export interface JpegSegment {
  readonly marker: number;
  readonly body: Buffer;
  /** With its mark and its length. */
  readonly whole: Buffer;
  /** Where it ends in the file. */
  readonly end: number;
}

const BASELINE = 0xc0;
const PROGRESSIVE = 0xc2;
const SCAN = 0xda;
const END = 0xd9;
const CUT = "The JPEG ends before it is whole.";

/**
 * Reads the head of a JPEG. Only what PDF takes as it is: baseline and progressive, 8 bits, grey or colour; not the four
 * inks of print. @throws RangeError with the reason, in words for whoever sent it
 */
export function readJpeg(file: Buffer, mostPixels: number): JpegFacts {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) throw new RangeError("It is no JPEG.");
  for (let at = 2; ; ) {
    const { marker, body, end } = segmentAt(file, at);
    if (isFrame(marker)) return frameOf(marker, body, mostPixels);
    if (marker === SCAN || marker === END) throw new RangeError("The JPEG has no picture in it.");
    at = end;
  }
}

/** The part that begins at a place, behind what may fill the space before it; the end of the picture has no body. @throws RangeError */
export function segmentAt(file: Buffer, place: number): JpegSegment {
  let at = place;
  while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
  const marker = file[at + 1];
  if (file[at] !== 0xff || marker === undefined) throw new RangeError(CUT);
  if (marker === END) return { marker, body: Buffer.alloc(0), whole: file.subarray(at, at + 2), end: at + 2 };
  const length = at + 4 > file.length ? 0 : file.readUInt16BE(at + 2);
  const end = at + 2 + length;
  if (length < 2 || end > file.length) throw new RangeError(CUT);
  return { marker, body: file.subarray(at + 4, end), whole: file.subarray(at, end), end };
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frameOf(marker: number, body: Buffer, mostPixels: number): JpegFacts {
  if (marker !== BASELINE && marker !== 0xc1 && marker !== PROGRESSIVE) {
    throw new RangeError("The JPEG is of a kind that PDFs cannot hold. Save it as an ordinary JPEG.");
  }
  if (body.length < 6) throw new RangeError("The JPEG's head cannot be read.");
  const [depth = 0, channels = 0] = [body[0], body[5]];
  const [height, width] = [body.readUInt16BE(1), body.readUInt16BE(3)];
  if (depth !== 8) throw new RangeError("The JPEG has more than 8 bits a colour. Save it as an ordinary JPEG.");
  if (channels === 4) throw new RangeError("The JPEG is in the four inks of print (CMYK). Save it in RGB.");
  if (channels !== 1 && channels !== 3) throw new RangeError("The JPEG's colours cannot be read.");
  if (width === 0 || height === 0 || width * height > mostPixels) throw new RangeError("The JPEG has too many pixels.");
  return { width, height, channels };
}
