import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { putNew } from "@/lib/cli/commands/put-new";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { isThere, targetOf } from "@/lib/cli/target";
import { NetworkError } from "@/lib/client/errors";

/** Where something goes. */
export interface Output {
  readonly path: string;
  /** Whether a file that is there is written over. */
  readonly force: boolean;
}

/** Thrown when the name was taken while the file came: it has come whole, and lies beside. */
export class KeptBeside extends CliError {
  constructor(path: string, kept: string) {
    super(`${path} was made by somebody else meanwhile, and is left as it is. What came for it is ${kept}.`);
  }
}

/** Refuses before the server is asked for what nothing could be done with. @throws CliError */
export async function requireWritable({ path, force }: Output): Promise<void> {
  await targetOf(path);
  if (!force && (await isThere(path))) {
    throw new CliError(`${path} is there already. Choose another name, or take --force.`);
  }
}

/**
 * Writes a reply to a file: under another name beside it, and in its place once it is whole.
 * @param sha256 what the bytes have to be, where it is known
 * @throws NetworkError when the connection breaks; CliError when other bytes came or the disk refuses; KeptBeside
 */
export async function saveReply(output: Output, reply: Response, sha256?: string): Promise<void> {
  const announced = Number(reply.headers.get("content-length") ?? Number.NaN);
  await save(output, async (write) => {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of chunksOf(reply)) {
      hash.update(chunk);
      size += chunk.byteLength;
      await write(chunk);
    }
    // Where the reply was packed on its way, the length is that of the packed bytes.
    if (!reply.headers.has("content-encoding") && Number.isFinite(announced) && announced !== size) {
      throw new CliError("The connection broke before the file was whole. Give the command again.", EXIT.unreachable);
    }
    if (sha256 !== undefined && hash.digest("hex") !== sha256) {
      throw new CliError("The file came otherwise than the server made it. Give the command again.", EXIT.unreachable);
    }
  });
}

/** Writes a text to a file, at once. @throws KeptBeside */
export function saveTextAs(output: Output, text: string): Promise<void> {
  return save(output, (write) => write(Buffer.from(text)));
}

async function* chunksOf(reply: Response): AsyncGenerator<Uint8Array> {
  if (!reply.body) return;
  try {
    yield* reply.body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof TypeError) throw new NetworkError(false, { cause: error });
    throw error;
  }
}

async function save(
  output: Output,
  fill: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const target = output.force ? await targetOf(output.path) : output.path;
  const draft = `${target}.${randomBytes(4).toString("hex")}.part`;
  let isWhole = false;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await fill((chunk) => file.writeFile(chunk));
      if (output.force) await takeModeOf(target, file);
      await file.sync();
      isWhole = true;
    } finally {
      await file.close();
    }
  } finally {
    if (!isWhole) await rm(draft, { force: true });
  }
  // From here on it has come whole: whatever is in the way of its name, it is not thrown away.
  if (!(await named(output, draft, target))) throw new KeptBeside(output.path, draft);
}

/** @returns false when something has the name by now. @throws CliError, which says where the file is, when the disk refuses */
async function named({ path, force }: Output, draft: string, target: string): Promise<boolean> {
  try {
    if (!force) return await putNew(draft, target);
    await rename(draft, target);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`${path} could not be given to the file, which has come whole and is ${draft}. (${why})`);
  }
}

/** Gives a file the rights of the one that it replaces. */
async function takeModeOf(target: string, file: FileHandle): Promise<void> {
  if (await isThere(target)) await file.chmod((await stat(target)).mode & 0o777);
}
