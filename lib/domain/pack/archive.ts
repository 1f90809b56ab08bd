import { sameBytes } from "@/lib/domain/proof/bytes";
import { err, ok, type Result } from "@/lib/domain/result";
import { type ArchiveEntry, DIRECTORY_RECORD, readDirectory } from "./archive-directory";
import { crc32 } from "./crc32";
import type { PackSource } from "./examine-parts";
import { LARGEST_FILE, MOST_FILES } from "./limits";

/** Bytes that can be read from any place: a file, or one that was chosen in a browser. */
export interface RandomAccess {
  readonly size: number;
  /** Exactly that many bytes, which lie inside. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Unpacks raw DEFLATE data that fill the input and give exactly that many bytes; null when they do not. */
export type Inflate = (data: Uint8Array, size: number) => Promise<Uint8Array | null>;

/** What an archive may be at most, so that a hostile one takes neither memory nor time without end. */
export const LIMITS = {
  files: MOST_FILES + 2,
  /** Bytes of one file, unpacked. */
  file: LARGEST_FILE,
  /** Bytes of all files unpacked may be this, or this often the archive's own. */
  total: 256 * 1024 * 1024,
  ratio: 100,
  directory: 32 * 1024 * 1024,
} as const;

const END_RECORD = 22;
const LOCAL_HEADER = 30;
const DESCRIPTOR = 16;
const HAS_DESCRIPTOR = 0x0008;

/** An entry with the place of its data. */
interface PlacedEntry extends ArchiveEntry {
  readonly dataAt: number;
}

/**
 * Opens a zip archive as strictly as it can be read: the entries fill it without gap or overlap from the first byte to
 * the last, both headers of each say the same, and no name could be taken for another. Whatever two programs could
 * read in two ways is refused, in words.
 */
export async function openArchive(input: RandomAccess, inflate: Inflate): Promise<Result<PackSource, string>> {
  const directory = await findDirectory(input);
  if (!directory.ok) return directory;
  const { offset, bytes, count } = directory.value;
  const entries = readDirectory(bytes, count);
  if (!entries.ok) return entries;
  const bomb = problemOfSizes(entries.value, input.size);
  if (bomb !== null) return err(bomb);
  const placed = new Map<string, PlacedEntry>();
  let at = 0;
  for (const entry of [...entries.value].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset !== at) return err("its entries do not lie one behind the other");
    const place = await placeEntry(input, entry, offset);
    if (!place.ok) return place;
    placed.set(entry.path, { ...entry, dataAt: place.value.dataAt });
    at = place.value.end;
  }
  if (at !== offset) return err("there are bytes in it that belong to no file");
  return ok({
    paths: [...placed.keys()],
    read: async (path) => {
      const entry = placed.get(path);
      return entry ? readEntry(input, entry, inflate) : err("it is not there");
    },
  });
}

async function findDirectory(
  input: RandomAccess,
): Promise<Result<{ readonly offset: number; readonly bytes: Uint8Array; readonly count: number }, string>> {
  if (input.size < END_RECORD) return err("it is too short for a zip archive");
  const end = viewOf(await input.read(input.size - END_RECORD, END_RECORD));
  if (end.getUint32(0, true) !== 0x06054b50) {
    return err("it does not end as a zip archive does; it is none, was cut off, or something follows its end");
  }
  const [disk, first, here, count] = [4, 6, 8, 10].map((place) => end.getUint16(place, true)) as [
    number,
    number,
    number,
    number,
  ];
  const [length, offset] = [end.getUint32(12, true), end.getUint32(16, true)];
  if (count === 0xffff || length === 0xffffffff || offset === 0xffffffff) {
    return err("it is in the format for very large archives (ZIP64), which packs never are");
  }
  if (disk !== 0 || first !== 0 || here !== count) return err("it is one part of several");
  if (end.getUint16(20, true) !== 0) return err("it carries a comment");
  if (count > LIMITS.files || length > LIMITS.directory) return err("it has more files than a pack may have");
  if (offset + length !== input.size - END_RECORD || length < count * DIRECTORY_RECORD) {
    return err("its directory is not where it should be");
  }
  return ok({ offset, bytes: await input.read(offset, length), count });
}

function problemOfSizes(entries: readonly ArchiveEntry[], archiveSize: number): string | null {
  const large = entries.find(({ size }) => size > LIMITS.file);
  if (large) return `${large.path} would unpack to more than ${LIMITS.file / 1024 / 1024} MB`;
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const isBomb = total > Math.max(LIMITS.total, LIMITS.ratio * archiveSize);
  return isBomb ? "it would unpack to far more than it is itself, as only a hostile archive does" : null;
}

/** Compares an entry's own header with the directory, and finds where its data begin and where it ends. */
async function placeEntry(
  input: RandomAccess,
  entry: ArchiveEntry,
  limit: number,
): Promise<Result<{ readonly dataAt: number; readonly end: number }, string>> {
  const differs = err(`${entry.path} is described in two different ways`);
  const fixedEnd = entry.offset + LOCAL_HEADER + entry.name.length;
  if (fixedEnd > limit) return err("a file lies outside of it");
  const header = await input.read(entry.offset, LOCAL_HEADER + entry.name.length);
  const view = viewOf(header);
  const isSame =
    view.getUint32(0, true) === 0x04034b50 &&
    view.getUint16(6, true) === entry.flags &&
    view.getUint16(8, true) === entry.method &&
    view.getUint32(10, true) === entry.time &&
    view.getUint16(26, true) === entry.name.length &&
    sameBytes(header.subarray(LOCAL_HEADER), entry.name);
  if (!isSame) return differs;
  const sizes = [14, 18, 22].map((place) => view.getUint32(place, true)).join();
  const told = [entry.crc, entry.packed, entry.size].join();
  const hasDescriptor = (entry.flags & HAS_DESCRIPTOR) !== 0;
  if (sizes !== told && !(hasDescriptor && sizes === "0,0,0")) return differs;
  // Extra fields of a local header say nothing that is read here; with none there is no room to hide anything.
  if (view.getUint16(28, true) !== 0) return err(`${entry.path} has extra fields in its header`);
  const dataEnd = fixedEnd + entry.packed;
  const end = dataEnd + (hasDescriptor ? DESCRIPTOR : 0);
  if (end > limit) return err("a file lies outside of it");
  if (hasDescriptor) {
    const descriptor = viewOf(await input.read(dataEnd, DESCRIPTOR));
    const said = [4, 8, 12].map((place) => descriptor.getUint32(place, true)).join();
    if (descriptor.getUint32(0, true) !== 0x08074b50 || said !== told) return differs;
  }
  return ok({ dataAt: fixedEnd, end });
}

async function readEntry(
  input: RandomAccess,
  { dataAt, packed, size, method, crc }: PlacedEntry,
  inflate: Inflate,
): Promise<Result<Uint8Array, string>> {
  const data = await input.read(dataAt, packed);
  const bytes = method === 0 ? data : await inflate(data, size);
  if (bytes?.length !== size) return err("its data cannot be unpacked to the size that it should have");
  return crc32(bytes) === crc ? ok(bytes) : err("its data are damaged");
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
