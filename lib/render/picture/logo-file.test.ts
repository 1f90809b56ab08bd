import { describe, expect, it } from "vitest";
import { makeLogoFile } from "@/lib/render/picture/logo-file";
import { pictureAlone } from "@/lib/render/picture/picture-alone";
import { readPng } from "@/lib/render/picture/png";
import { CAMERA_JPEGS, CAMERA_WORDS } from "@/test/fixtures/jpeg-files";
import { chunkOf, PALETTE, pngFile, pngSample } from "@/test/fixtures/png-file";

/** The head of a JPEG with a frame of that kind, and an end. */
function jpegHead({ marker = 0xc0, depth = 8, channels = 3, width = 30, height = 10 } = {}): Buffer {
  const frame = [
    depth,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    channels,
    ...Array(channels * 3).fill(0x11),
  ];
  const size = frame.length + 2;
  const scan = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];
  return Buffer.from([0xff, 0xd8, 0xff, marker, size >> 8, size & 255, ...frame, ...scan]);
}

const MOST = 512 * 1024;
const made = (file: Buffer, most = MOST) => makeLogoFile(file, most);
const camera = (name: keyof typeof CAMERA_JPEGS) => Buffer.from(CAMERA_JPEGS[name], "base64");
/** The marks of a JPEG's parts, as far as its first scan. */
function marksOf(file: Uint8Array): number[] {
  const marks: number[] = [];
  for (let at = 2; marks.at(-1) !== 0xda; at += 2 + Buffer.from(file).readUInt16BE(at + 2))
    marks.push(file[at + 1] ?? 0);
  return marks;
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
      expect(() => made(file.subarray(0, length)), String(length)).toThrow(RangeError);
    }
    expect(() => readPng(file, 199)).toThrow("too many pixels");
    expect(() => made(pngFile({ width: 20, height: 10, interlaced: true }))).toThrow("interlaced");
    const torn = Buffer.from(file);
    torn.fill(0x55, 50, 70);
    expect(() => made(torn)).toThrow("cannot be unpacked");
  });
});

describe("a logo", () => {
  it("is a PNG or a JPEG of a shape that can be drawn", () => {
    const { picture: _, ...png } = made(pngFile({ width: 20, height: 10 }));
    expect(png).toEqual({ type: "image/png", width: 20, height: 10 });
    const { picture: __, ...jpeg } = made(camera("grey"));
    expect(jpeg).toEqual({ type: "image/jpeg", width: 20, height: 10 });
    expect(() => made(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toThrow("a PNG or a JPEG");
    expect(() => made(Buffer.alloc(0))).toThrow("a PNG or a JPEG");
    expect(() => made(pngFile({ width: 130, height: 10 }))).toThrow("12 times");
  });

  it("is no JPEG that PDFs cannot hold", () => {
    expect(() => made(jpegHead({ channels: 4 }))).toThrow("CMYK");
    expect(() => made(jpegHead({ depth: 12 }))).toThrow("8 bits");
    expect(() => made(jpegHead({ marker: 0xc3 }))).toThrow("of a kind");
    expect(() => made(jpegHead({ width: 60_000, height: 60_000 }))).toThrow("too many pixels");
    expect(() => made(jpegHead().subarray(0, 12))).toThrow("before it is whole");
  });

  it.each(["baseline", "progressive", "grey"] as const)(
    "keeps of a %s JPEG the picture, and not where it was taken",
    (name) => {
      const file = Buffer.concat([camera(name), Buffer.from("<script>left behind</script>")]);
      const { picture } = made(file);
      for (const word of [...CAMERA_WORDS, "left behind"]) {
        expect(file.includes(word), word).toBe(true);
        expect(Buffer.from(picture).includes(word), word).toBe(false);
      }
      // Tables, frame and scan, and of JFIF its plain head.
      expect(marksOf(picture).filter((mark) => mark >= 0xe0)).toEqual([0xe0]);
      expect(Buffer.from(made(Buffer.from(picture)).picture).equals(picture)).toBe(true);
    },
  );

  it("is refused as a JPEG with anything behind what its tables and restarts have to hold", () => {
    const [start, rest] = [camera("grey").subarray(0, 2), camera("grey").subarray(2)];
    const words = Buffer.from("GPS 52.52 N 13.40 E, at home, ");
    const withPart = (marker: number, ...body: Buffer[]) => {
      const all = Buffer.concat(body);
      return Buffer.concat([start, Buffer.from([0xff, marker, 0, all.length + 2]), all, rest]);
    };
    const codes = Buffer.from([0, 1, ...Array(15).fill(0), 0]);
    const plain = [
      withPart(0xdd, Buffer.from([0, 0])),
      withPart(0xdb, Buffer.from([3]), Buffer.alloc(64, 1)),
      withPart(0xc4, codes),
    ];
    for (const file of plain) expect(made(file)).toMatchObject({ width: 20, height: 10 });
    const more = [
      withPart(0xdd, Buffer.from([0, 0]), words),
      withPart(0xdd),
      withPart(0xdb, Buffer.from([3]), Buffer.alloc(64, 1), words),
      withPart(0xdb, Buffer.from([9]), Buffer.alloc(64, 1)),
      withPart(0xc4, codes, words),
      withPart(0xc4, Buffer.from([0x20, ...codes.subarray(1)])),
      withPart(0xc4, Buffer.from([0x07, ...codes.subarray(1)])),
    ];
    for (const [index, file] of more.entries()) expect(() => made(file), String(index)).toThrow("cannot be read");
  });

  it("is refused as a JPEG whose picture does not read to its end, though its head and its end are there", () => {
    const whole = Buffer.from(made(camera("baseline")).picture);
    const codes = whole.indexOf(Buffer.from([0xff, 0xda])) + 14;
    for (let length = codes; length < whole.length - 3; length += 1) {
      const torn = Buffer.concat([whole.subarray(0, length), Buffer.from([0xff, 0xd9])]);
      expect(() => made(torn), String(length)).toThrow("cannot be read to its end");
    }
    expect(() => made(jpegHead())).toThrow("cannot be read");
  });

  it("keeps of a PNG the picture, sample by sample, and nothing beside it", () => {
    const words = chunkOf("tEXt", "Comment\0Taken at home");
    for (const kind of [0, 2, 3, 4, 6] as const) {
      const plain = pngFile({ width: 20, height: 10, kind });
      const file = Buffer.concat([plain.subarray(0, 33), words, plain.subarray(33), Buffer.from("left behind")]);
      const kept = Buffer.from(made(file).picture);
      for (const word of ["Taken at home", "left behind"]) expect(kept.includes(word), word).toBe(false);
      expect(readPng(kept, 200)).toEqual(readPng(plain, 200));
    }
  });

  it("that was stored as it came is drawn and handed out as one that is stored now, and that one stays as it is", () => {
    for (const name of ["baseline", "progressive", "grey"] as const) {
      const file = Buffer.concat([camera(name), Buffer.from("<script>left behind</script>")]);
      const { picture } = made(file);
      expect(pictureAlone(file).equals(picture), name).toBe(true);
      expect(pictureAlone(Buffer.from(picture)).equals(picture), name).toBe(true);
      // One that ends too soon is drawn as far as it goes.
      for (let length = 0; length < file.length; length += 7) {
        const alone = pictureAlone(file.subarray(0, length));
        for (const word of [...CAMERA_WORDS, "left behind"])
          expect(alone.includes(word), `${name} ${length}`).toBe(false);
        expect(pictureAlone(alone).equals(alone), `${name} ${length}`).toBe(true);
      }
    }
    const plain = pngFile({ width: 20, height: 10, kind: 3 });
    const words = chunkOf("tEXt", "Comment\0Taken at home");
    const file = Buffer.concat([plain.subarray(0, 33), words, plain.subarray(33), Buffer.from("left behind")]);
    expect(pictureAlone(file).equals(plain)).toBe(true);
    expect(pictureAlone(plain).equals(plain)).toBe(true);
  });

  it("that is larger than a page needs is kept smaller, in the same colours and as clear", () => {
    const { width, height, picture } = made(pngFile({ width: 1_100, height: 100 }));
    expect([width, height]).toEqual([1_000, 91]);
    const small = readPng(Buffer.from(picture), 91_000);
    const mean = (bytes: Buffer | null) =>
      (bytes ?? Buffer.alloc(1)).reduce((sum, one) => sum + one, 0) / (bytes?.length ?? 1);
    const whole = readPng(pngFile({ width: 1_100, height: 100 }), 110_000);
    expect(mean(small.opacity)).toBeCloseTo(mean(whole.opacity), 0);
    const opaque = made(pngFile({ width: 1_100, height: 100, kind: 2 }));
    const full = readPng(pngFile({ width: 1_100, height: 100, kind: 2 }), 110_000);
    expect(mean(readPng(Buffer.from(opaque.picture), 91_000).colour)).toBeCloseTo(mean(full.colour), 0);
    // However little room there is for it.
    expect(made(pngFile({ width: 200, height: 100 }), 4_000).picture.length).toBeLessThanOrEqual(4_000);
  });
});
