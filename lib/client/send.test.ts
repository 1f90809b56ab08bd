import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type ApiProblem, isProblem, NetworkError } from "@/lib/client/errors";
import { retryDelay, send } from "@/lib/client/send";
import { keepSession } from "@/lib/client/session-keeper";

let server: Server | null = null;
afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

async function serve(
  handler: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<string> {
  let count = 0;
  const started = createServer((request, response) => {
    count += 1;
    handler(request, response, count);
  });
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

describe("send", () => {
  it("repeats a write with the same key when the connection breaks", async () => {
    const keys: unknown[] = [];
    const root = await serve((request, response, count) => {
      keys.push(request.headers["idempotency-key"]);
      if (count === 1) return void request.socket.destroy();
      response.setHeader("content-type", "application/json").end('{"done":true}');
    });
    expect(await send("POST", `${root}/x`, { a: 1 }, {})).toEqual({ done: true });
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("gives up as NetworkError after the last retry", async () => {
    const root = await serve((request) => void request.socket.destroy());
    await expect(send("GET", `${root}/x`, undefined, { retries: 0 })).rejects.toBeInstanceOf(NetworkError);
  });

  it("throws the problem of a failure reply and never repeats it", async () => {
    let seen = 0;
    const problem = {
      type: "t",
      title: "Stale",
      status: 409,
      code: "stale",
      detail: "Someone saved.",
      requestId: "r1",
    };
    const root = await serve((_request, response, count) => {
      seen = count;
      response.statusCode = 409;
      response.end(JSON.stringify(problem));
    });
    const error = await send("PUT", `${root}/x`, {}, {}).catch((caught: unknown) => caught);
    expect(isProblem(error, "stale")).toBe(true);
    expect((error as ApiProblem).problem).toEqual(problem);
    expect(seen).toBe(1);
  });

  it("makes a problem from a bare status and keeps the request id", async () => {
    const root = await serve((_request, response) => {
      response.statusCode = 503;
      response.setHeader("x-request-id", "abc").end("<html>");
    });
    const error = await send("GET", `${root}/x`, undefined, {}).catch((caught: unknown) => caught);
    expect((error as ApiProblem).problem).toMatchObject({ code: "unavailable", status: 503, requestId: "abc" });
  });

  it("reads an empty reply as null", async () => {
    const root = await serve((_request, response) => void response.writeHead(204).end());
    expect(await send("DELETE", `${root}/x`, undefined, {})).toBeNull();
  });

  it("is sent again as it was, for the page's person alone, once that person has signed in again", async () => {
    const seen: unknown[] = [];
    const root = await serve((request, response, count) => {
      const { "idempotency-key": key, "x-countervail-person": person } = request.headers;
      seen.push([key, person]);
      response.statusCode = count === 1 ? 401 : 200;
      response.end("{}");
    });
    const letGo = keepSession({ personId: "u1", signedIn: async () => {} });
    await send("POST", `${root}/x`, { a: 1 }, { key: "the-one-key" });
    await send("POST", `${root}/sign-in`, {}, { key: "another-key", signingIn: true });
    letGo();
    const [first, again, signingIn] = seen;
    expect(first).toEqual(["the-one-key", "u1"]);
    expect(again).toEqual(first);
    expect(signingIn).toEqual(["another-key", undefined]);
  });

  it("stops when its signal fires", async () => {
    const stop = new AbortController();
    const root = await serve(() => stop.abort());
    await expect(send("GET", `${root}/x`, undefined, { signal: stop.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

describe("retryDelay", () => {
  it("grows and stays bounded", () => {
    expect([0, 1, 2, 3, 9].map(retryDelay)).toEqual([400, 1600, 6400, 10_000, 10_000]);
  });
});
