/** Width and height of a picture, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size that a PNG states in its first chunk; null when it states none. */
export function pngSize(head: Buffer): PictureSize | null {
  if (head.length < 24 || head.subarray(12, 16).toString("latin1") !== "IHDR") return null;
  return sizeOf(head.readUInt32BE(16), head.readUInt32BE(20));
}

/** The size that a JPEG states in the header of its first frame, which follows other segments; null when it states none. */
export function jpegSize(head: Buffer): PictureSize | null {
  let at = 2;
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return sizeOf(head.readUInt16BE(at + 7), head.readUInt16BE(at + 5));
    if (marker === 0xd9 || marker === 0xda) return null;
    const length = head.readUInt16BE(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

function sizeOf(width: number, height: number): PictureSize | null {
  return width > 0 && height > 0 ? { width, height } : null;
}
