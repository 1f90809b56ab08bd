import { type Entry, open as openZip, type ZipFile } from "yauzl";
import type { FileKindName } from "@/lib/domain/evidence/file-kinds";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { type FileRefusal, refuseContent, sizeWords } from "@/lib/domain/evidence/file-rules";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Draft } from "@/lib/storage/draft";

/** The part that makes a container the document that it claims to be. */
const MAIN_PARTS = { docx: "word/document.xml", xlsx: "xl/workbook.xml" } as const;
const CONTENT_TYPES = "[Content_Types].xml";
/** Members this small may be packed as tightly as they like. */
const SMALL = 64 * 1024;
const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

/** A refusal on its way out of the reading of a container. */
class Refused extends Error {
  constructor(readonly refusal: FileRefusal) {
    super(refusal.words);
  }
}

/**
 * Looks through the container of an Office document. Its directory is held to the limits first; then every member is
 * unpacked into nothing and counted, because a directory may lie. Archives inside it stay packed.
 */
export async function checkContainer(
  draft: Draft,
  kind: Extract<FileKindName, keyof typeof MAIN_PARTS>,
  limits: FileLimits,
): Promise<Result<null, FileRefusal>> {
  let zip: ZipFile | undefined;
  try {
    zip = await openContainer(draft.path);
    if (zip.entryCount > limits.zipMembers) throw new Refused(tooMany(limits));
    const entries = await readEntries(zip, limits);
    if (!endsAtItsEnd(zip)) throw broken("there is more in it than it says");
    checkDirectory(entries, draft.size, limits);
    const names = new Set(entries.map((entry) => entry.fileName));
    if (!names.has(CONTENT_TYPES) || !names.has(MAIN_PARTS[kind]))
      return refuseContent(kind, "another kind of archive");
    if (names.size !== entries.length) throw broken("two of its parts have one name");
    let unpacked = 0;
    for (const entry of entries) unpacked += await unpack(zip, entry, limits.unpackedBytes - unpacked, limits);
    return ok(null);
  } catch (error) {
    // What yauzl says of a container that is none is for developers.
    return err((error instanceof Refused ? error : broken("it cannot be read")).refusal);
  } finally {
    zip?.close();
  }
}

function openContainer(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    openZip(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

/**
 * Whether the directory ends where the file's last record begins (22 bytes; with the 64-bit records 76 more), and no
 * comment hides behind it: what one reader skips, another one might open.
 */
function endsAtItsEnd(zip: ZipFile): boolean {
  const rest = zip.fileSize - Number(zip.readEntryCursor);
  return zip.comment === "" && (rest === 22 || rest === 98);
}

function readEntries(zip: ZipFile, limits: FileLimits): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      if (entries.length > limits.zipMembers) reject(new Refused(tooMany(limits)));
      else zip.readEntry();
    });
    zip.once("end", () => resolve(entries));
    zip.once("error", (error: Error) =>
      reject(
        /relative path|absolute path|backslash|invalid characters/.test(error.message) ? new Refused(PATH) : error,
      ),
    );
    zip.readEntry();
  });
}

function checkDirectory(entries: readonly Entry[], packedSize: number, limits: FileLimits): void {
  let unpacked = 0;
  for (const entry of entries) {
    const { uncompressedSize, compressedSize } = entry;
    unpacked += uncompressedSize;
    if (unpacked > limits.unpackedBytes) throw new Refused(tooMuch(limits));
    if (uncompressedSize > SMALL && uncompressedSize > compressedSize * limits.zipRatio) {
      throw new Refused(tooTight(limits));
    }
    if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK) throw new Refused(LINK);
    if (entry.isEncrypted()) throw new Refused(ENCRYPTED);
    if (/(^|\/)vbaProject\.bin$|(^|\/)macrosheets\//i.test(entry.fileName)) throw new Refused(MACROS);
  }
  if (unpacked > SMALL && unpacked > packedSize * limits.zipRatio) throw new Refused(tooTight(limits));
}

/** @returns how much there really was */
function unpack(zip: ZipFile, entry: Entry, room: number, limits: FileLimits): Promise<number> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(error);
        return;
      }
      let size = 0;
      stream.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > room) {
          reject(new Refused(tooMuch(limits)));
          stream.destroy();
        }
      });
      stream.once("end", () => resolve(size));
      stream.once("error", reject);
    });
  });
}

const PATH: FileRefusal = { rule: "container_path", words: "A part of the document is named like a path out of it." };
const LINK: FileRefusal = { rule: "container_link", words: "The document holds a symbolic link." };
const ENCRYPTED: FileRefusal = {
  rule: "container_encrypted",
  words: "The document is encrypted, so nobody could look at it as evidence. Save it without a password.",
};
const MACROS: FileRefusal = {
  rule: "macros",
  words: "The document holds macros. Save it without them, or print it to a PDF.",
};

function tooMany(limits: FileLimits): FileRefusal {
  const most = limits.zipMembers.toLocaleString("en");
  return { rule: "container_members", words: `The document has more than ${most} parts.` };
}

function tooMuch(limits: FileLimits): FileRefusal {
  return {
    rule: "container_size",
    words: `The document would unpack to more than ${sizeWords(limits.unpackedBytes)}.`,
  };
}

function tooTight(limits: FileLimits): FileRefusal {
  return {
    rule: "container_ratio",
    words: `The document is packed more tightly than ${limits.zipRatio} to 1, as documents are not.`,
  };
}

function broken(how: string): Refused {
  return new Refused({ rule: "broken_container", words: `The document is broken: ${how}.` });
}
