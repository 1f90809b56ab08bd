import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { z } from "zod";
import { MOVE_FORMAT, MOVED_TABLES, type MovedTable, type MoveHead } from "@/lib/domain/move/format";
import { OperatorError } from "@/lib/operator-error";

const id = z.guid().toLowerCase();
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const headLine = z.strictObject({
  format: z.literal(MOVE_FORMAT),
  service: id,
  engagementId: id,
  organisationId: id,
  catalogueVersion: z.string().min(1).max(100),
  exportedAt: z.iso.datetime(),
}) satisfies z.ZodType<MoveHead>;
const rowLine = z.strictObject({ table: z.enum(MOVED_TABLES), row: z.record(z.string(), z.unknown()) });
const partLine = z.strictObject({ file: digest, part: z.int().min(0), base64: z.base64() });
const line = z.union([
  rowLine,
  partLine,
  z.strictObject({ keys: z.string() }),
  z.strictObject({ omitted: digest, reason: z.string() }),
  z.strictObject({
    end: z.strictObject({ rows: z.int().min(0), files: z.int().min(0), sha256: digest }),
  }),
]);

/** A row of the file. */
export interface ReadRow {
  readonly table: MovedTable;
  readonly row: Readonly<Record<string, unknown>>;
}

/** What a line of the file says. */
export type MovedLine = z.infer<typeof line>;

/** A file that was read through once. */
export interface MovedFile {
  readonly path: string;
  readonly head: MoveHead;
  /** SHA-256, hex, of all of it. */
  readonly sha256: string;
  readonly rows: number;
  readonly files: number;
}

/** Longer than the longest line that is written: a revision's text as JSON within JSON. */
const LONGEST_LINE = 256 * 1024 * 1024;

/**
 * Reads the file through and compares it with what its end says. @throws OperatorError when it is no such file, of another
 * version, cut, or changed
 */
export async function checkMoved(path: string): Promise<MovedFile> {
  const whole = createHash("sha256");
  const tally = new Tally();
  let head: MoveHead | null = null;
  for await (const bytes of rawLines(path, whole)) {
    if (head === null) {
      head = readHead(bytes);
      tally.hash(bytes);
    } else tally.take(bytes);
  }
  if (head === null) throw notWhole();
  return { path, head, sha256: whole.digest("hex"), ...tally.result() };
}

type End = Extract<MovedLine, { end: unknown }>["end"];

/** Counts what passes by, and compares it with the end of the file. */
class Tally {
  readonly #before = createHash("sha256");
  #end: End | null = null;
  #rows = 0;
  #files = 0;

  hash(bytes: Buffer): void {
    this.#before.update(bytes).update("\n");
  }

  take(bytes: Buffer): void {
    if (this.#end !== null) throw notWhole();
    const read = readLine(bytes);
    if ("end" in read) {
      this.#end = read.end;
      return;
    }
    if ("row" in read) this.#rows += 1;
    if ("part" in read && read.part === 0) this.#files += 1;
    this.hash(bytes);
  }

  result(): Pick<MovedFile, "rows" | "files"> {
    const [rows, files] = [this.#rows, this.#files];
    const sha256 = this.#before.digest("hex");
    if (this.#end?.sha256 !== sha256 || this.#end.rows !== rows || this.#end.files !== files) throw notWhole();
    return { rows, files };
  }
}

/** The lines of a file that was checked, without its first. */
export async function* movedLines({ path }: MovedFile): AsyncGenerator<MovedLine> {
  let first = true;
  for await (const bytes of rawLines(path)) {
    if (!first) yield readLine(bytes);
    first = false;
  }
}

function readHead(bytes: Buffer): MoveHead {
  const read = headLine.safeParse(parse(bytes));
  if (read.success) return read.data;
  throw new OperatorError(`This is no engagement in the form ${MOVE_FORMAT}.`);
}

function readLine(bytes: Buffer): MovedLine {
  const read = line.safeParse(parse(bytes));
  if (read.success) return read.data;
  throw new OperatorError("A line of the file is none that Countervail writes. Export the engagement again.");
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function notWhole(): OperatorError {
  return new OperatorError(
    "The file is not whole, or it was changed since it was exported. Export the engagement again.",
  );
}

/** Lines end at line feeds alone: texts hold other characters at which some readers end one. */
async function* rawLines(path: string, hash?: Hash): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash?.update(chunk);
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)]);
      [rest, length, from] = [[], 0, at + 1];
    }
    rest.push(chunk.subarray(from));
    length += chunk.byteLength - from;
    if (length > LONGEST_LINE) throw notWhole();
  }
  if (length > 0) throw notWhole();
}
