import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { postMessage } from "./post-message";

const allowance = { hosts: [], loopback: true };
const sockets = new Set<Socket>();
let server: Server | undefined;
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => server?.close(done));
});

/** Somebody who gives each request what is said here, byte for byte. @returns where */
async function answering(bytes: string, asked: () => void = () => undefined): Promise<string> {
  const started = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => {
      asked();
      if (bytes !== "") socket.write(bytes);
    });
  });
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
}
const post = (url: string, ending: AbortSignal) => postMessage({ url, headers: {}, body: "{}" }, allowance, ending);

it("takes an answer that switches protocols for no delivery, at once", async () => {
  const url = await answering("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  const outcome = await post(url, new AbortController().signal);
  expect(outcome).toMatchObject({ status: 101, delivered: false, trouble: "It answered with status 101.", answer: "" });
  expect(outcome.durationMs).toBeLessThan(5_000);
});

it("ends when it is told to, while nobody answers", async () => {
  const ending = new AbortController();
  const url = await answering("", () => ending.abort(new Error("stopping")));
  await expect(post(url, ending.signal)).rejects.toThrow("stopping");
});

it("ends when it is told to, while an endpoint promises an answer and sends none", async () => {
  const ending = new AbortController();
  const url = await answering("HTTP/1.1 102 Processing\r\n\r\n", () => ending.abort(new Error("stopping")));
  await expect(post(url, ending.signal)).rejects.toThrow("stopping");
});
