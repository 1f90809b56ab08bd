import { deflateSync, inflateSync } from "node:zlib";
import { MOST_PACKED, type ObjectPlace } from "@/lib/render/pdf/pdfkit-internals";

/** A line: its kind, an offset or the number of an object stream, an index in that. */
const LINE = 8;
/** No PDF of ours has so many objects that its table is longer, in bytes. */
const LONGEST = 256 * 1024 * 1024;
const IN_FILE = 1;
const IN_STREAM = 2;
/** Enough for the last two lines of a PDF. */
const TAIL = 64;

/** Something that is read at any place. */
export interface ReadablePart {
  /** In bytes. */
  readonly size: number;
  /** So many bytes from a place on, or fewer where it ends before. */
  read(at: number, length: number): Promise<Buffer>;
}

/**
 * The table of all objects, as a stream that ends the file (ISO 32000-1, 7.5.8).
 * @param places real offsets, or places in object streams, of the objects 1 and following
 * @param at where the table itself begins
 * @param trailer entries that every trailer has
 */
export function xrefStream(places: readonly ObjectPlace[], at: number, trailer: string): Buffer {
  const own = places.length + 1;
  const lines = Buffer.alloc((own + 1) * LINE);
  // Object 0 is the head of an empty list of free ones.
  lines.writeUInt16BE(65_535, 6);
  for (const [index, place] of [...places, at].entries()) {
    const line = (index + 1) * LINE;
    lines[line] = place < 0 ? IN_STREAM : IN_FILE;
    lines.writeUIntBE(place < 0 ? Math.floor(-place / MOST_PACKED) : place, line + 1, 5);
    if (place < 0) lines.writeUInt16BE(-place % MOST_PACKED, line + 6);
  }
  const content = deflateSync(lines, { level: 3 });
  const entries = `/Type/XRef/Size ${own + 1}/W[1 5 2]${trailer}/Filter/FlateDecode/Length ${content.length}`;
  return Buffer.concat([
    Buffer.from(`${own} 0 obj\n<<${entries}>>\nstream\n`, "latin1"),
    content,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`, "latin1"),
  ]);
}

/**
 * Where the contents of the objects of one of our PDFs begin, by the table at its end, in the order of their numbers;
 * those in object streams aside. @param pdf read only where the table is @throws RangeError when it has no such table
 */
export async function objectStarts(pdf: ReadablePart): Promise<number[]> {
  const tail = (await pdf.read(Math.max(0, pdf.size - TAIL), TAIL)).toString("latin1");
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(tail)?.[1] ?? Number.NaN);
  const beginning = Number.isNaN(table) ? "" : (await pdf.read(table, 512)).toString("latin1");
  const head = /^\d+ 0 obj\n<<[^\n]*\/Length (\d+)>>\nstream\n/.exec(beginning);
  if (!head) throw new RangeError("This PDF has no table of objects.");
  const length = Number(head[1]);
  if (length > pdf.size) throw new RangeError("This PDF's table of objects cannot be read.");
  const lines = linesOf(await pdf.read(table + head[0].length, length));
  const starts: number[] = [];
  for (let line = LINE; line + LINE <= lines.length; line += LINE) {
    if (lines[line] === IN_FILE) starts.push(lines.readUIntBE(line + 1, 5) + `${line / LINE} 0 obj\n`.length);
  }
  return starts;
}

function linesOf(content: Buffer): Buffer {
  try {
    return inflateSync(content, { maxOutputLength: LONGEST });
  } catch {
    throw new RangeError("This PDF's table of objects cannot be read.");
  }
}
