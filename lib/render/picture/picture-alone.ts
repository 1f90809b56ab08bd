import { keptOf } from "@/lib/render/picture/clean-jpeg";
import { segmentAt } from "@/lib/render/picture/jpeg";
import { pngAlone } from "@/lib/render/picture/png";

const [START, END] = [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd9])];

/**
 * A logo's file without what was put beside its picture: where and when it was taken, remarks, smaller pictures, and what
 * follows its end. For logos that were stored before that was left out of them; of others it gives the same bytes.
 * Nothing is decoded, so that it takes no time: what is torn stays torn.
 */
export function pictureAlone(file: Buffer): Buffer {
  return file[0] === 0x89 ? pngAlone(file) : jpegAlone(file);
}

function jpegAlone(file: Buffer): Buffer {
  const kept: Buffer[] = [START];
  try {
    for (let at = 2; ; ) {
      const segment = segmentAt(file, at);
      if (segment.marker === 0xd9) break;
      const part = keptOf(segment);
      if (part) kept.push(part);
      at = segment.marker === 0xda ? endOfCodes(file, segment.end) : segment.end;
      if (segment.marker === 0xda) kept.push(file.subarray(segment.end, at));
    }
  } catch (error) {
    // It ends too soon. What there is of its picture was drawn before, and is.
    if (!(error instanceof RangeError)) throw error;
  }
  return Buffer.concat([...kept, END]);
}

/** Within codes a byte of ones is followed by zeros, or is one of the marks of restarting (ITU-T T.81, B.1.1.5). */
function endOfCodes(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 2)) {
    const next = file[at + 1] ?? 0xff;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return file.length;
}
