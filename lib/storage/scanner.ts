import { connect, type Socket } from "node:net";
import type { ScanState } from "@/lib/domain/evidence/blob-state";

/** Where clamd listens. */
export type ScannerPlace = { readonly host: string; readonly port: number } | { readonly path: string };

/** Looks for viruses in a file. */
export interface Scanner {
  /** @returns pending when the scanner cannot be asked: nothing counts as clean that was not looked at */
  scan(bytes: AsyncIterable<Buffer>): Promise<{ readonly state: Exclude<ScanState, "off">; readonly note: string }>;
}

/** How long one scan may take (milliseconds). */
const PATIENCE_MS = 60_000;
/** A reply of clamd is a short line. */
const MOST_REPLY = 4_096;

/** A clamd, asked by its INSTREAM command: the bytes go over the socket, so it needs no access to the files. */
export function clamdScanner(place: ScannerPlace, patience = PATIENCE_MS): Scanner {
  return {
    scan: async (bytes) => {
      const reply = await ask(place, bytes, patience).catch(() => "");
      if (reply.endsWith(" OK")) return { state: "clean", note: "" };
      const found = /^stream: (.{1,200}) FOUND$/.exec(reply)?.[1];
      return found === undefined ? { state: "pending", note: "" } : { state: "infected", note: found };
    },
  };
}

async function ask(place: ScannerPlace, bytes: AsyncIterable<Buffer>, patience: number): Promise<string> {
  const socket = connect(place);
  const watch = setTimeout(() => socket.destroy(new Error("clamd does not answer.")), patience);
  try {
    const reply = replyOf(socket);
    // Where the sending fails, the reply fails too, and that is what is waited for.
    send(socket, bytes).catch((error: Error) => socket.destroy(error));
    return await reply;
  } finally {
    clearTimeout(watch);
    socket.destroy();
  }
}

/** `zINSTREAM`, then each chunk with its length (32 bits, big-endian) before it, then a length of nought. */
async function send(socket: Socket, bytes: AsyncIterable<Buffer>): Promise<void> {
  await write(socket, Buffer.from("zINSTREAM\0"));
  for await (const chunk of bytes) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    await write(socket, Buffer.concat([length, chunk]));
  }
  await write(socket, Buffer.alloc(4));
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function replyOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (part: string) => {
      text += part;
      if (text.includes("\0") || text.length > MOST_REPLY) resolve(text.split("\0", 1)[0] ?? "");
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("clamd closed the connection.")));
  });
}
