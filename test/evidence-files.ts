import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { FILE_LIMITS, type FileLimits } from "@/lib/domain/evidence/file-limits";
import { type EvidenceFiles, openEvidenceFiles } from "@/lib/storage/evidence-files";
import type { Scanner } from "@/lib/storage/scanner";

/** A store in a folder of a test's own. */
export interface TestFiles extends EvidenceFiles {
  readonly root: string;
  readonly remove: () => Promise<void>;
}

/** Makes an empty store; call it in `beforeAll`, and `remove` in `afterAll`. */
export async function makeTestFiles(
  more: { readonly limits?: Partial<FileLimits>; readonly scanner?: Scanner; readonly linkCheck?: boolean } = {},
): Promise<TestFiles> {
  const root = await mkdtemp(join(tmpdir(), "countervail-files-"));
  const limits = { ...FILE_LIMITS, ...more.limits };
  const { linkCheck = false, scanner = null } = more;
  const files = openEvidenceFiles(root, { s3: undefined, limits, scanner: undefined, linkCheck });
  return { ...files, scanner, root, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Bytes as a browser sends them, in chunks of a size. */
export function bodyOf(bytes: Uint8Array | string, chunk = 64 * 1024): ReadableStream<Uint8Array> {
  const all = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= all.length) controller.close();
      else controller.enqueue(new Uint8Array(all.subarray(at, at + chunk)));
      at += chunk;
    },
  });
}

/** A picture of one colour; the size it states may be another. */
export function png(width = 2, height = 2, stated = { width, height }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(stated.width, 0);
  header.writeUInt32BE(stated.height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  // zlib's two bytes and checksum around what deflate gives.
  const data = Buffer.concat([Buffer.from([0x78, 0x9c]), deflateRawSync(rows), adler32(rows)]);
  return Buffer.concat([
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", data),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
}

function adler32(bytes: Buffer): Buffer {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return uint32(b * 65_536 + a);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A PDF of one empty page. */
export function pdf(title = "Evidence"): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\n4 0 obj<</Title(${title})>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );
}

/** A JPEG as far as its headers go, with the size that it states. */
export function jpeg(width = 2, height = 2): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const app = Buffer.from("ffe000104a46494600010100000100010000", "hex");
  const scan = Buffer.from("ffda0008010100003f00d2", "hex");
  return Buffer.concat([Buffer.from("ffd8", "hex"), app, frame, scan, Buffer.from("ffd9", "hex")]);
}

/** A member of a container; what its headers state may be something else than what it is. */
export interface Member {
  readonly name: string;
  readonly bytes: Buffer;
  readonly statedSize?: number;
  readonly attributes?: number;
  readonly flags?: number;
  /** Put in as it is, without packing. */
  readonly stored?: boolean;
}

/** The parts that make a container a Word document or an Excel workbook. */
export function officeMembers(kind: "docx" | "xlsx"): Member[] {
  const main = kind === "docx" ? "word/document.xml" : "xl/workbook.xml";
  return [
    { name: "[Content_Types].xml", bytes: Buffer.from("<Types/>") },
    { name: main, bytes: Buffer.from(`<document>${"text ".repeat(20)}</document>`) },
  ];
}

/** A zip, written by hand so that it can lie. */
export function zip(members: readonly Member[], { comment = "", statedEntries = members.length } = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const data = member.stored ? member.bytes : deflateRawSync(member.bytes, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(member.flags ?? 0x800, 2);
    common.writeUInt16LE(member.stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(member.bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(member.statedSize ?? member.bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(member.attributes ?? 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(statedEntries & 0xffff, 8);
  end.writeUInt16LE(statedEntries & 0xffff, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...locals, central, end, Buffer.from(comment)]);
}
