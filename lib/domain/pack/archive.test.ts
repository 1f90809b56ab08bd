import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openArchive } from "@/lib/domain/pack/archive";
import { crc32 } from "@/lib/domain/pack/crc32";
import { concat, utf8 } from "@/lib/domain/proof/bytes";
import { writeZip, type ZipPart } from "@/lib/render/zip/write-zip";
import { inflateByNode, inMemory } from "@/lib/verifier/node-archive";
import { SecondVerifier } from "@/prove/packs/second-verifier";
import { toolAvailable } from "@/test/tools";

const second = toolAvailable("python3") ? new SecondVerifier() : null;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countervail-archive-"));
});

afterAll(async () => {
  second?.end();
  await rm(folder, { recursive: true, force: true });
});

/** What the second verifier says of an archive, where it can run. */
async function opinionOf(bytes: Uint8Array): Promise<string | undefined> {
  const path = join(folder, "archive.zip");
  await writeFile(path, bytes);
  return (await second?.ask(path, null))?.verdict;
}

/** One entry of an archive that a test writes by hand; what is not said is as it should be. */
interface Entry {
  readonly name: string;
  readonly content?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly crc?: number;
  readonly data?: Uint8Array;
  readonly extra?: Uint8Array;
  readonly attributes?: number;
  readonly comment?: string;
  /** The name in the entry's own header. */
  readonly localName?: string;
  readonly localSize?: number;
}

function numbers(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
  return concat(
    ...fields.map(([length, value]) => Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** at) & 255)),
  );
}

/** Writes an archive, as honest or as false as its entries are. */
function archiveOf(
  entries: readonly Entry[],
  end: Partial<Record<"count" | "offset" | "comment", number>> = {},
): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const { content = utf8("content"), method = 0, flags = 0x800, extra = new Uint8Array(0), comment = "" } = entry;
    const data = entry.data ?? (method === 8 ? new Uint8Array(deflateRawSync(content)) : content);
    const { size = content.length, crc = crc32(content), attributes = 0, localName = entry.name } = entry;
    const name = utf8(entry.name);
    const common = [
      [2, flags],
      [2, method],
      [4, 0x00210000],
      [4, crc],
      [4, data.length],
    ] as const;
    const local = concat(
      numbers([4, 0x04034b50], [2, 20], ...common, [4, entry.localSize ?? size], [2, name.length], [2, 0]),
      utf8(localName),
      data,
    );
    locals.push(local);
    const record = [
      [4, size],
      [2, name.length],
      [2, extra.length],
      [2, comment.length],
      [2, 0],
      [2, 0],
    ] as const;
    central.push(
      numbers([4, 0x02014b50], [2, 20], [2, 20], ...common, ...record, [4, attributes], [4, at]),
      ...[name, extra, utf8(comment)],
    );
    at += local.length;
  }
  const directory = concat(...central);
  const count = end.count ?? entries.length;
  const offset = end.offset ?? at;
  const tail = [
    [4, directory.length],
    [4, offset],
    [2, end.comment ?? 0],
  ] as const;
  return concat(...locals, directory, numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], ...tail));
}

const open = (bytes: Uint8Array) => openArchive(inMemory(bytes), inflateByNode);

async function refusal(bytes: Uint8Array): Promise<string> {
  const archive = await open(bytes);
  return archive.ok ? "" : archive.error;
}

async function failureOf(bytes: Uint8Array, path: string): Promise<string> {
  const archive = await open(bytes);
  const read = archive.ok ? await archive.value.read(path) : archive;
  return read.ok ? "" : read.error;
}

describe("an archive", () => {
  it("gives back what was written, stored and packed, and is the same each time", async () => {
    const parts: ZipPart[] = [
      { path: "a/one.json", size: 5000, compress: true, content: new Uint8Array(5000).fill(65) },
      {
        path: "b.bin",
        size: 3,
        compress: false,
        content: async () =>
          (async function* () {
            yield Uint8Array.of(1, 2);
            yield Uint8Array.of(3);
          })(),
      },
      { path: "empty", size: 0, compress: true, content: new Uint8Array(0) },
    ];
    const bytes = new Uint8Array(await buffer(writeZip(parts)));
    expect(new Uint8Array(await buffer(writeZip(parts)))).toEqual(bytes);
    expect(bytes.length).toBeLessThan(1000);
    const archive = await open(bytes);
    if (!archive.ok) throw new Error(archive.error);
    expect(archive.value.paths).toEqual(["a/one.json", "b.bin", "empty"]);
    expect(await archive.value.read("b.bin")).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
    expect((await archive.value.read("a/one.json")).ok).toBe(true);
    expect((await archive.value.read("empty")).ok).toBe(true);
  });

  it("breaks off when a part cannot be read or has another size", async () => {
    const broken = async function* () {
      yield Uint8Array.of(1);
      throw new Error("The blob is gone.");
    };
    await expect(buffer(writeZip([{ path: "a", size: 2, compress: false, content: broken }]))).rejects.toThrow(/gone/);
    const short: ZipPart = { path: "a", size: 2, compress: false, content: Uint8Array.of(1) };
    await expect(buffer(writeZip([short]))).rejects.toThrow(/number of bytes/);
  });

  it("is opened when it was written by hand as it should be", async () => {
    const bytes = archiveOf([{ name: "a" }, { name: "b/c.json", method: 8 }]);
    expect(await failureOf(bytes, "a")).toBe("");
    expect(await failureOf(bytes, "b/c.json")).toBe("");
    // It is an archive, and lacks everything that a pack has.
    expect((await opinionOf(bytes)) ?? "incomplete").toBe("incomplete");
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /too short/],
    ["something after the end", concat(archiveOf([{ name: "a" }]), utf8("x")), /follows its end/],
    ["something before the beginning", concat(utf8("x"), archiveOf([{ name: "a" }])), /directory is not where/],
    ["two files of one name", archiveOf([{ name: "a" }, { name: "a" }]), /two files named a/],
    ["names that differ in capitals", archiveOf([{ name: "a" }, { name: "A" }]), /two files named A/],
    ["a path upwards", archiveOf([{ name: "../etc/passwd" }]), /out of its folder/],
    ["an absolute path", archiveOf([{ name: "/etc/passwd" }]), /out of its folder/],
    ["a backslash", archiveOf([{ name: "a\\..\\b" }]), /out of its folder/],
    ["a folder", archiveOf([{ name: "a/" }]), /out of its folder/],
    ["a link", archiveOf([{ name: "a", attributes: 0o120777 * 65536 }]), /a link/],
    ["encryption", archiveOf([{ name: "a", flags: 0x801 }]), /encrypted/],
    ["another way of packing", archiveOf([{ name: "a", method: 12 }]), /packed in a way/],
    ["a lie about the size", archiveOf([{ name: "a", localSize: 9 }]), /two different ways/],
    ["two names", archiveOf([{ name: "a", localName: "b" }]), /two different ways/],
    ["a name in Unicode beside it", archiveOf([{ name: "a", extra: numbers([2, 0x7075], [2, 0]) }]), /two names/],
    ["ZIP64 of a file", archiveOf([{ name: "a", extra: numbers([2, 1], [2, 0]) }]), /ZIP64/],
    ["ZIP64 of the whole", archiveOf([{ name: "a" }], { count: 0xffff }), /ZIP64/],
    ["a comment on a file", archiveOf([{ name: "a", comment: "x" }]), /comment/],
    ["a count that is wrong", archiveOf([{ name: "a" }], { count: 2 }), /directory/],
    ["a stored file of two sizes", archiveOf([{ name: "a", size: 9 }]), /two different sizes/],
    ["a file larger than any", archiveOf([{ name: "a", method: 8, size: 300 * 1024 * 1024 }]), /more than 256 MB/],
    [
      "a bomb of many",
      archiveOf([1, 2, 3].map((n) => ({ name: `a${n}`, method: 8, size: 200 * 1024 * 1024 }))),
      /far more than it is itself/,
    ],
  ])("is refused for %s", async (_, bytes, words) => {
    expect(await refusal(bytes)).toMatch(words);
    expect((await opinionOf(bytes)) ?? "invalid").toBe("invalid");
  });

  it("does not give what is damaged, longer or shorter than it says, or followed by something hidden", async () => {
    const packed = new Uint8Array(deflateRawSync(utf8("content")));
    expect(await failureOf(archiveOf([{ name: "a", crc: 1 }]), "a")).toMatch(/damaged/);
    expect(await failureOf(archiveOf([{ name: "a", method: 8, size: 3 }]), "a")).toMatch(/cannot be unpacked/);
    expect(await failureOf(archiveOf([{ name: "a", method: 8, size: 99 }]), "a")).toMatch(/cannot be unpacked/);
    const trailed = archiveOf([{ name: "a", method: 8, data: concat(packed, utf8("hidden")) }]);
    expect(await failureOf(trailed, "a")).toMatch(/cannot be unpacked/);
  });

  it("is opened or refused, whatever the bytes are, and never throws", async () => {
    const honest = archiveOf([{ name: "a" }, { name: "b", method: 8 }]);
    const changed = fc
      .array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
      .map((edits) => edits.reduce((bytes, [at, value]) => bytes.with(at, value), honest));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 400 }), changed), async (bytes) => {
        const archive = await open(bytes);
        if (archive.ok) for (const path of archive.value.paths) await archive.value.read(path);
      }),
      { numRuns: 3000 },
    );
  });
});
