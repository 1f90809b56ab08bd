import { open } from "node:fs/promises";
import { inflateRaw } from "node:zlib";
import type { Inflate, RandomAccess } from "@/lib/domain/pack/archive";

/** Unpacks raw DEFLATE data by Node.js, never to more than the size that was named. */
export const inflateByNode: Inflate = (data, size) =>
  new Promise((resolve) => {
    // A buffer of at least one byte, as zlib asks for; an empty file fills none of it.
    const options = { maxOutputLength: Math.max(size, 1), info: true };
    inflateRaw(data, options, (error, result) => {
      const { buffer, engine } = (result ?? {}) as unknown as Partial<{
        buffer: Buffer;
        engine: { readonly bytesWritten: number };
      }>;
      // What follows the end of the data would be read by nobody, and is refused.
      const isWhole = !error && buffer?.length === size && engine?.bytesWritten === data.length;
      resolve(isWhole ? new Uint8Array(buffer) : null);
    });
  });

/** Opens a file to be read from any place; nothing is kept of it. */
export async function openFile(path: string): Promise<RandomAccess & { readonly close: () => Promise<void> }> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  return {
    size,
    read: async (offset, length) => {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) throw new Error("The file became shorter while it was read.");
        filled += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

/** Bytes in memory, to be read like a file. */
export function inMemory(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}
