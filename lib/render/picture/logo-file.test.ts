import { describe, expect, it } from "vitest";
import { readLogoFile } from "@/lib/render/picture/logo-file";
import { readPng } from "@/lib/render/picture/png";
import { PALETTE, pngFile, pngSample } from "@/test/fixtures/png-file";

/** The head of a JPEG with a frame of that kind, and an end. */
function jpegFile({ marker = 0xc0, depth = 8, channels = 3, width = 30, height = 10 } = {}): Buffer {
  const frame = [depth, height >> 8, height & 255, width >> 8, width & 255, channels, ...Array(channels * 3).fill(0)];
  const size = frame.length + 2;
  const scan = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];
  return Buffer.from([0xff, 0xd8, 0xff, marker, size >> 8, size & 255, ...frame, ...scan]);
}

/** The samples that a pixel of a made PNG has to give. */
function wantedOf(kind: 0 | 2 | 4 | 6, x: number, y: number) {
  const isGrey = kind === 0 || kind === 4;
  const colour = [0, 1, 2].map((channel) => pngSample(x, y, isGrey ? 0 : channel));
  return { colour, opacity: kind >= 4 ? pngSample(x, y, isGrey ? 1 : 3) : undefined };
}

describe("a PNG", () => {
  it.each([0, 2, 4, 6] as const)("of kind %i gives its samples, by whatever way its rows are written", (kind) => {
    for (const filter of [0, 1, 2, 3, 4] as const) {
      const { colour, opacity } = readPng(pngFile({ width: 9, height: 7, kind, filter }), 100);
      for (let pixel = 0; pixel < 63; pixel += 1) {
        const wanted = wantedOf(kind, pixel % 9, Math.floor(pixel / 9));
        expect([...colour.subarray(pixel * 3, pixel * 3 + 3)]).toEqual(wanted.colour);
        expect(opacity?.[pixel]).toBe(wanted.opacity);
      }
    }
  });

  it("of a palette gives its colours, and how clear they are", () => {
    const { colour, opacity } = readPng(pngFile({ width: 5, height: 4, kind: 3 }), 100);
    for (let pixel = 0; pixel < 20; pixel += 1) {
      const index = pngSample(pixel % 5, Math.floor(pixel / 5), 0) & 3;
      expect([...colour.subarray(pixel * 3, pixel * 3 + 3)]).toEqual([...PALETTE.subarray(index * 3, index * 3 + 3)]);
      expect(opacity?.[pixel]).toBe(index === 1 ? 128 : 255);
    }
  });

  it("that is damaged, too large or interlaced is refused with the reason", () => {
    const file = pngFile({ width: 20, height: 10 });
    for (let length = 0; length < file.length - 12; length += 1) {
      expect(() => readLogoFile(file.subarray(0, length)), String(length)).toThrow(RangeError);
    }
    expect(() => readPng(file, 199)).toThrow("too many pixels");
    expect(() => readLogoFile(pngFile({ width: 20, height: 10, interlaced: true }))).toThrow("interlaced");
    const torn = Buffer.from(file);
    torn.fill(0x55, 50, 70);
    expect(() => readLogoFile(torn)).toThrow("cannot be unpacked");
  });
});

describe("a logo", () => {
  it("is a PNG or a JPEG of a shape that can be drawn", () => {
    expect(readLogoFile(pngFile({ width: 20, height: 10 }))).toEqual({ type: "image/png", width: 20, height: 10 });
    expect(readLogoFile(jpegFile())).toEqual({ type: "image/jpeg", width: 30, height: 10 });
    expect(readLogoFile(jpegFile({ marker: 0xc2, channels: 1 })).type).toBe("image/jpeg");
    expect(() => readLogoFile(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toThrow("a PNG or a JPEG");
    expect(() => readLogoFile(Buffer.alloc(0))).toThrow("a PNG or a JPEG");
    expect(() => readLogoFile(pngFile({ width: 130, height: 10 }))).toThrow("12 times");
  });

  it("is no JPEG that PDFs cannot hold", () => {
    expect(() => readLogoFile(jpegFile({ channels: 4 }))).toThrow("CMYK");
    expect(() => readLogoFile(jpegFile({ depth: 12 }))).toThrow("8 bits");
    expect(() => readLogoFile(jpegFile({ marker: 0xc3 }))).toThrow("of a kind");
    expect(() => readLogoFile(jpegFile({ width: 60_000, height: 60_000 }))).toThrow("too many pixels");
    expect(() => readLogoFile(jpegFile().subarray(0, 12))).toThrow("before it is whole");
  });
});
