import { Failure } from "@/lib/contracts/failure";

/** How large a file may be, in bytes, and what is said of a larger one. */
export interface ReceiveLimit {
  readonly most: number;
  readonly tooLarge: string;
}

const EMPTY = "The file is empty.";

/**
 * The bytes of a file as they come, up to the limit.
 * @param announced the length that the request gives, in bytes
 * @throws Failure too_large, malformed; invalid for an empty file
 */
export async function receiveFile(
  body: ReadableStream<Uint8Array> | null,
  announced: number | null,
  { most, tooLarge }: ReceiveLimit,
): Promise<Buffer> {
  const refusal = () => new Failure("too_large", tooLarge);
  if (announced !== null && announced > most) throw refusal();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > most) throw refusal();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("malformed", "The file ended before it was whole.");
  }
  if (size === 0) throw new Failure("invalid", EMPTY, { errors: [{ path: "file", message: EMPTY }] });
  return Buffer.concat(chunks);
}
