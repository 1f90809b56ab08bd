import { connect } from "node:net";
import { constants, gunzipSync } from "node:zlib";

/** A request as it goes over the wire: nothing in it has to be right. */
export interface Packet {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** What came back. Status 0: the connection was closed without a reply. */
export interface PacketReply {
  readonly status: number;
  /** By name in lower case; of several with one name the last. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** How long a reply may take (milliseconds). */
const PATIENCE = 60_000;
/** Whoever leaves early may get half a reply. */
const CUT_SHORT = { finishFlush: constants.Z_SYNC_FLUSH };
const HEAD_END = "\r\n\r\n";

/**
 * Sends bytes that Node's own client would refuse to send, on a connection of their own.
 * @param leaves closes our side after sending, as somebody does who promised more than was sent
 * @throws Error when nothing comes in time
 */
export function sendPacket(port: number, packet: Packet, leaves = false): Promise<PacketReply> {
  const lines = packet.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = `${packet.method} ${packet.target} HTTP/1.1\r\n${lines}\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: PATIENCE });
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.once("timeout", () => socket.destroy(new Error(`No reply to ${packet.method} ${packet.target}.`)));
    // A server that has answered may close while it is still being written to.
    socket.once("error", (error) => (chunks.length > 0 || "syscall" in error ? undefined : reject(error)));
    socket.once("close", () => {
      try {
        resolve(parseReply(Buffer.concat(chunks), packet.method === "HEAD"));
      } catch (error) {
        reject(error);
      }
    });
    socket.write(Buffer.concat([Buffer.from(head, "latin1"), packet.body]));
    if (leaves) socket.end();
  });
}

function parseReply(bytes: Buffer, isHead: boolean): PacketReply {
  const end = bytes.indexOf(HEAD_END);
  const [first = "", ...lines] = bytes.subarray(0, Math.max(end, 0)).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  const rest = bytes.subarray(end + HEAD_END.length);
  if (status === 100) return parseReply(rest, isHead);
  const headers = new Map(
    lines.map((line): [string, string] => {
      const at = line.indexOf(":");
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  if (isHead || status === 0) return { status, headers, text: "" };
  const body = headers.get("transfer-encoding") === "chunked" ? unchunk(rest) : rest;
  const isPacked = headers.get("content-encoding") === "gzip" && body.length > 0;
  return { status, headers, text: (isPacked ? gunzipSync(body, CUT_SHORT) : body).toString("utf8") };
}

function unchunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    if (lineEnd < 0 || !(size > 0)) break;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
