import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { UnreadableSheet } from "@/lib/render/sheet/sheet";

/** What an archive may hold. */
const MOST_PARTS = 500;
const MOST_UNPACKED = 32 * 1024 * 1024;
/** Members beyond this may not be packed more tightly than tables are. */
const SMALL = 256 * 1024;
const TIGHTEST = 200;

const BROKEN = "The workbook is broken: its archive cannot be read. Open it in a spreadsheet and save it anew.";
const TOO_MUCH = "The workbook would unpack to far more than a table of ours holds.";

/**
 * The wanted parts of an archive, as text. The directory is held to limits before anything is unpacked, and what unpacks
 * to more than its directory says breaks off. @throws UnreadableSheet
 */
export async function unzipParts(
  bytes: Buffer,
  isWanted: (path: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  let zip: ZipFile | undefined;
  try {
    zip = await openArchive(bytes);
    const entries = await readDirectory(zip);
    const parts = new Map<string, string>();
    for (const entry of entries) {
      if (!isWanted(entry.fileName)) continue;
      if (parts.has(entry.fileName)) throw new UnreadableSheet(BROKEN);
      parts.set(entry.fileName, await unpack(zip, entry));
    }
    return parts;
  } catch (error) {
    // What yauzl says is for developers.
    throw error instanceof UnreadableSheet ? error : new UnreadableSheet(BROKEN);
  } finally {
    zip?.close();
  }
}

function openArchive(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

function readDirectory(zip: ZipFile): Promise<readonly Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    let unpacked = 0;
    zip.on("entry", (entry: Entry) => {
      const { uncompressedSize, compressedSize } = entry;
      unpacked += uncompressedSize;
      const isTight = uncompressedSize > SMALL && uncompressedSize > compressedSize * TIGHTEST;
      entries.push(entry);
      if (unpacked > MOST_UNPACKED || entries.length > MOST_PARTS || isTight) reject(new UnreadableSheet(TOO_MUCH));
      else if (entry.isEncrypted())
        reject(new UnreadableSheet("The workbook is encrypted. Save it without a password."));
      else zip.readEntry();
    });
    zip.once("end", () => resolve(entries));
    zip.once("error", reject);
    zip.readEntry();
  });
}

function unpack(zip: ZipFile, entry: Entry): Promise<string> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(error);
        return;
      }
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("error", reject);
      stream.once("end", () => {
        try {
          resolve(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
        } catch {
          reject(new UnreadableSheet(BROKEN));
        }
      });
    });
  });
}
