import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { blobKey } from "@/lib/storage/blob-store";
import { s3Store } from "@/lib/storage/s3-store";
import { isWhole } from "@/lib/storage/verified";

const SHA256 = "ab".repeat(32);
const KEY = blobKey(randomUUID(), randomBytes(32), SHA256);
const EXPECTED = { sha256: SHA256, size: 10 };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A store in what speaks like S3 and holds one object of ten bytes. @param get how it answers to who reads it */
async function storeOf(get: RequestListener, silenceMs?: number) {
  server = createServer((request, response) => {
    const length = request.method === "PUT" ? "0" : "10";
    response.writeHead(200, { "content-length": length, etag: '"1"' });
    if (request.method === "HEAD") response.end();
    else get(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const place = { endpoint: `http://127.0.0.1:${port}`, bucket: "evidence", region: "us-east-1" };
  return s3Store({ ...place, accessKeyId: "S3RVER", secretAccessKey: "S3RVER" }, silenceMs);
}

it("is away for now when the connection breaks while bytes come", async () => {
  const store = await storeOf((_, response) => response.write("half of", () => response.destroy()));
  await expect(isWhole(store, KEY, EXPECTED)).rejects.toMatchObject({ code: "unavailable" });
});

it("is let go at once by whoever ends a reading, also while it says nothing", async () => {
  let socket: Socket | undefined;
  const store = await storeOf((request, response) => {
    socket = request.socket;
    response.write("half of");
  });
  const read = await (await store.open(KEY))?.read();
  if (!read || !socket) throw new Error("Nothing is read.");
  const [chunk] = await once(read, "data");
  expect(String(chunk)).toBe("half of");
  const left = once(socket, "close");
  read.destroy();
  await Promise.all([once(read, "close"), left]);
});

it("takes a large file where nobody answers the question whether it may be sent", async () => {
  let sent = 0;
  const store = await storeOf((request, response) => {
    request.on("data", (chunk: Buffer) => {
      sent += chunk.length;
    });
    request.once("end", () => response.end());
  }, 1_000);
  server?.on("checkContinue", (request, response) => server?.emit("request", request, response));
  const folder = await mkdtemp(join(tmpdir(), "countervail-s3-"));
  try {
    const draft = { path: join(folder, "draft"), size: 3 * 1024 * 1024, sha256: SHA256 };
    await writeFile(draft.path, Buffer.alloc(draft.size));
    await store.put(KEY, draft);
    expect(sent).toBe(draft.size);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each([
  ["before it begins to answer", () => undefined],
  ["in the middle", (_, response) => void response.write("half of")],
] as const satisfies readonly [string, RequestListener][])(
  "is away for now when it says nothing %s",
  async (_, get) => {
    const store = await storeOf(get, 200);
    await expect(isWhole(store, KEY, EXPECTED)).rejects.toMatchObject({ code: "unavailable" });
  },
);

it("is no longer waited for once it is not wanted any more", async () => {
  const ending = new AbortController();
  const wanted = (_: unknown, response: ServerResponse) => response.write("half of", () => ending.abort());
  const reading = isWhole(await storeOf(wanted), KEY, EXPECTED, ending.signal);
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  const early = new AbortController();
  const unanswered = isWhole(await storeOf(() => early.abort()), KEY, EXPECTED, early.signal);
  await expect(unanswered).rejects.toMatchObject({ name: "AbortError" });
});
