/** What a JPEG says of itself. */
export interface JpegFacts {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for colour. */
  readonly channels: 1 | 3;
}

const BASELINE = 0xc0;
const PROGRESSIVE = 0xc2;

/**
 * Reads the head of a JPEG, and that it has its picture and its end. Only what PDF takes as it is: baseline and progressive, 8 bits, grey
 * or colour; not the four inks of print. @throws RangeError with the reason, in words for whoever sent it
 */
export function readJpeg(file: Buffer, mostPixels: number): JpegFacts {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) throw new RangeError("It is no JPEG.");
  let facts: JpegFacts | null = null;
  for (const { marker, body } of eachSegment(file)) if (isFrame(marker)) facts = frameOf(marker, body, mostPixels);
  if (!facts) throw new RangeError("The JPEG has no picture in it.");
  // Some programs leave something behind the end.
  if (file.lastIndexOf(END) < 0) throw new RangeError("The JPEG ends before it is whole.");
  return facts;
}

const END = Buffer.from([0xff, 0xd9]);
const SCAN = 0xda;

/** The segments before the picture itself. */
function* eachSegment(file: Buffer): Generator<{ readonly marker: number; readonly body: Buffer }> {
  for (let at = 2; ; ) {
    while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
    if (at + 4 > file.length || file[at] !== 0xff) throw new RangeError("The JPEG ends before it is whole.");
    const marker = file[at + 1] ?? 0;
    const length = file.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > file.length) throw new RangeError("The JPEG ends before it is whole.");
    if (marker === SCAN) return;
    yield { marker, body: file.subarray(at + 4, end) };
    at = end;
  }
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
