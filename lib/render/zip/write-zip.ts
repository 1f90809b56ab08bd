import { PassThrough, Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { PackFile } from "@/lib/domain/pack/build";

/** One time stamp for every file, so that equal files make equal archives; written as the calendar says, in no zone. */
const EARLIEST = new Date(1980, 0, 1);
const READABLE_BY_ALL = 0o100644;

/**
 * Bytes, unpacked, and files beyond which the library would go over to the format for very large archives (ZIP64), which
 * whoever verifies packs refuses; what is left up to 4 GiB is for heads and the directory. Packs stay below both.
 */
const MOST_BYTES = 4 * 1024 ** 3 - 64 * 1024 ** 2;
const MOST_ENTRIES = 0xffff - 1;
const TOO_LARGE = "The archive would be larger than 4 GB.";
const TOO_MANY = "The archive would have more than 65,534 files.";

/** What goes into an archive. */
export interface ZipPart extends Pick<PackFile, "path" | "compress" | "content"> {
  /** Null where it is known at the end only. */
  readonly size: number | null;
}

/**
 * Writes a zip archive while it is read: one file after the other, each opened when the one before it is through, and no
 * faster than the reader takes it. The same parts give the same bytes. A part that cannot be read, or has another size
 * than it said, breaks the stream, so that half an archive never looks like a whole one.
 */
export function writeZip(parts: Iterable<ZipPart> | AsyncIterable<ZipPart>): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  // The failure reaches whoever reads `out`; the archive's own stream only ends with it.
  pipeline(zip.outputStream, out).catch(() => undefined);
  const broken = new Promise<never>((_, reject) => {
    zip.once("error", reject);
    out.once("close", () => reject(new Error("The archive was closed before it was whole.")));
  });
  broken.catch(() => undefined);
  addAll(zip, parts, broken).catch((error: unknown) => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return out;
}

async function addAll(
  zip: ZipFile,
  parts: Iterable<ZipPart> | AsyncIterable<ZipPart>,
  broken: Promise<never>,
): Promise<void> {
  let [total, entries] = [0, 0];
  for await (const { path, size, compress, content } of parts) {
    entries += 1;
    if (entries > MOST_ENTRIES) throw new RangeError(TOO_MANY);
    const source = content instanceof Uint8Array ? [content] : await content();
    const counted = async function* () {
      for await (const chunk of source) {
        total += chunk.length;
        if (total > MOST_BYTES) throw new RangeError(TOO_LARGE);
        yield chunk;
      }
    };
    if (total + (size ?? 0) > MOST_BYTES) throw new RangeError(TOO_LARGE);
    const stream = Readable.from(counted(), { objectMode: false });
    const options = {
      compress,
      ...(size === null ? {} : { size }),
      mtime: EARLIEST,
      mode: READABLE_BY_ALL,
      forceDosTimestamp: true,
    };
    zip.addReadStream(stream, path, options);
    try {
      await Promise.race([finished(stream), broken]);
    } finally {
      stream.destroy();
    }
  }
  zip.end();
}
