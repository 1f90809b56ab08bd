import { createHash, randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { targetOf } from "@/lib/cli/target";
import { NetworkError } from "@/lib/client/errors";

/**
 * Writes a reply to a file: under another name beside it, and in its place once it is whole.
 * @param sha256 what the bytes have to be, where it is known
 * @throws NetworkError when the connection breaks; CliError when other bytes came
 */
export async function saveReply(output: string, reply: Response, sha256?: string): Promise<void> {
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

/** Writes a text to a file, at once. */
export function saveTextAs(output: string, text: string): Promise<void> {
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
  output: string,
  fill: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const target = await targetOf(output);
  const draft = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await fill((chunk) => file.writeFile(chunk));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}
