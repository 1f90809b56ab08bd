import { textOf } from "@/lib/domain/proof/bytes";
import { err, ok, type Result } from "@/lib/domain/result";

/** A file as the directory at the end of an archive tells of it. */
export interface ArchiveEntry {
  readonly path: string;
  /** The path's bytes. */
  readonly name: Uint8Array;
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** Time and date, two bytes each. */
  readonly time: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Bytes of a record of the directory without its name. */
export const DIRECTORY_RECORD = 46;

const UNREADABLE = err("its directory cannot be read");
const ENCRYPTED = 0x0001;
/** Strength of compression, descriptor behind the data, name in UTF-8. */
const KNOWN_FLAGS = 0x0006 | 0x0008 | 0x0800;
const ZIP64 = 0x0001;
const UNICODE_PATH = 0x7075;
const SYMLINK = 0o120000;
const KIND = 0o170000;

/** Reads the directory of an archive: nothing but plain files under plain names, each once. */
export function readDirectory(bytes: Uint8Array, count: number): Result<readonly ArchiveEntry[], string> {
  const entries: ArchiveEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    const record = readNext(bytes, at);
    if (!record.ok) return record;
    const { entry, next } = record.value;
    // On some systems names that differ in capitals alone are one file.
    const name = entry.path.toLowerCase();
    if (names.has(name)) return err(`it has two files named ${entry.path}`);
    names.add(name);
    entries.push(entry);
    at = next;
  }
  return at === bytes.length ? ok(entries) : err("its directory is longer than its files need");
}

function readNext(
  bytes: Uint8Array,
  at: number,
): Result<{ readonly entry: ArchiveEntry; readonly next: number }, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
  if (view.byteLength < DIRECTORY_RECORD || view.getUint32(0, true) !== 0x02014b50) return UNREADABLE;
  const extraAt = at + DIRECTORY_RECORD + view.getUint16(28, true);
  const next = extraAt + view.getUint16(30, true);
  if (next > bytes.length) return UNREADABLE;
  if (view.getUint16(32, true) !== 0) return err("a file in it carries a comment");
  const entry = readRecord(view, bytes.slice(at + DIRECTORY_RECORD, extraAt));
  if (!entry.ok) return entry;
  const problem = problemOfExtra(bytes.subarray(extraAt, next));
  return problem === null ? ok({ entry: entry.value, next }) : err(problem);
}

function readRecord(view: DataView, name: Uint8Array): Result<ArchiveEntry, string> {
  const path = plainPath(name);
  if (path === null) return err("a file in it has a name that no pack has, which may lead out of its folder");
  const [flags, method] = [view.getUint16(8, true), view.getUint16(10, true)];
  if (flags & ENCRYPTED) return err(`${path} is encrypted`);
  if (flags & ~KNOWN_FLAGS) return err(`${path} is packed in a way that packs are not`);
  if (method !== 0 && method !== 8) return err(`${path} is packed in a way that packs are not`);
  const [crc, packed, size] = [16, 20, 24].map((place) => view.getUint32(place, true)) as [number, number, number];
  const offset = view.getUint32(42, true);
  if ([packed, size, offset].includes(0xffffffff)) return err(`${path} is in the format for very large files (ZIP64)`);
  if (view.getUint16(34, true) !== 0) return err(`${path} lies in another part of the archive`);
  const kind = (view.getUint32(38, true) >>> 16) & KIND;
  if (kind === SYMLINK) return err(`${path} is a link and no file`);
  if (method === 0 && packed !== size) return err(`${path} has two different sizes`);
  return ok({ path, name, flags, method, time: view.getUint32(12, true), crc, packed, size, offset });
}

/** Time stamps of other programs may stand in extra fields; what gives a file another size or name may not. */
function problemOfExtra(extra: Uint8Array): string | null {
  let at = 0;
  while (at < extra.length) {
    const [a = 0, b = 0, c = 0, d = 0] = extra.subarray(at, at + 4);
    const id = a + b * 256;
    if (id === ZIP64) return "a file in it is in the format for very large files (ZIP64)";
    if (id === UNICODE_PATH) return "a file in it has two names";
    at += 4 + c + d * 256;
  }
  return at === extra.length ? null : "its directory cannot be read";
}

/** The text of a name when it is a plain relative path, or null. */
function plainPath(name: Uint8Array): string | null {
  const path = textOf(name);
  const isPlain = path !== null && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path);
  return isPlain ? path : null;
}
