import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "@/lib/cli/program";
import { serverAddress } from "@/lib/cli/servers";
import { exactJson, harmless } from "@/lib/cli/terminal";
import { atTerminal } from "@/test/cli-terminal";

const ID = "5f0c1a3e-7f6b-4a57-9d7e-0a3a2b1c4d5e";
let server: Server | null = null;
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-api-"));
});
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
  await rm(folder, { recursive: true });
});

/** A peer that answers as a server or a proxy may. */
async function peer(answer: (request: IncomingMessage, response: ServerResponse, count: number) => void) {
  let count = 0;
  const started = createServer((request, response) => {
    count += 1;
    answer(request, response, count);
  });
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
  const env = { XDG_CONFIG_HOME: folder, COUNTERVAIL_URL: url, COUNTERVAIL_TOKEN: "cvt_x" };
  const cli = (...words: string[]) => atTerminal((terminal) => runCli(words, terminal), { env });
  return { url, cli, asked: () => count };
}
const json = (response: ServerResponse, body: unknown, status = 200) =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const problem = (status: number, code: string, more: object = {}) => ({
  ...{ type: "about:blank", title: "No", status, code, detail: "It cannot be.", requestId: "r1" },
  ...more,
});

describe("a request", () => {
  it("waits where the server says so, and is sent again", async () => {
    const { cli, asked } = await peer((_, response, count) => {
      if (count < 3) json(response.setHeader("retry-after", "3"), problem(429, "too_many_requests"), 429);
      else json(response, { items: [], nextCursor: null });
    });
    const ran = await cli("list");
    expect([ran.code, ran.out, asked()]).toEqual([0, "You have no engagement.", 3]);
    expect(ran.notes).toContain("asks to wait 3 s");
  });

  it("goes on through all pages of a list", async () => {
    const line = (name: string) => ({
      ...{ id: ID, name, standardVersion: "4.0.1", dueOn: "2027-01-31" },
      progress: { settled: 1, total: 2 },
    });
    const { cli } = await peer(({ url = "" }, response) => {
      const second = url.includes("cursor=1.2");
      json(response, { items: [line(second ? "Older" : "Newer")], nextCursor: second ? null : "1.2" });
    });
    const { code, out } = await cli("list");
    expect([code, out.split("\n").map((row) => row.split("  ").at(-1))]).toEqual([0, ["Newer", "Older"]]);
  });

  it("gives up on a server that stays too busy", async () => {
    const { cli } = await peer((_, response) => json(response, problem(503, "unavailable"), 503));
    expect(await cli("list")).toMatchObject({ code: 4, notes: expect.stringContaining("It cannot be.") });
  });

  it("follows no redirect, so that a token stays with its server", async () => {
    const { cli, asked } = await peer((_, response) => {
      response.writeHead(302, { location: "https://elsewhere.example/" }).end();
    });
    expect(await cli("list")).toMatchObject({ code: 1, notes: expect.stringContaining("https://elsewhere.example/") });
    expect(asked()).toBe(1);
  });

  it("tells each field that the server names, and the request for the operator", async () => {
    const errors = [{ path: "changes.0.dueOn", message: "Not a date." }];
    const { cli } = await peer((_, response) => json(response, problem(422, "invalid", { errors }), 422));
    const { code, notes } = await cli("list");
    expect([code, notes]).toEqual([1, "It cannot be.\n  changes.0.dueOn: Not a date.\n  (request r1)"]);
  });

  it("that nobody answers ends with 4 and without a trace", async () => {
    const { cli } = await peer((request) => request.socket.destroy());
    const ran = await cli("list");
    expect([ran.code, ran.notes]).toEqual([4, "The server could not be reached. Nothing more was sent."]);
  });
});

describe("an export by a worker", () => {
  const job = (state: string, file: object | null = null) => ({
    ...{ id: ID, engagementId: ID, kind: "pack", paper: null, state, step: state === "running" ? "render" : null },
    ...{ partsDone: 1, partsTotal: 4, note: "", requestedAt: "2026-11-27T08:00:00Z", finishedAt: null, file },
  });
  const engagement = { items: [{ id: ID, name: "E" }], nextCursor: null };
  const sha256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
  const words = () => ["export", "E", "--format", "pack", "-o", join(folder, "e.zip")];

  it("is gone on with where it was left, and comes whole", async () => {
    let [posts, looks] = [0, 0];
    let isBroken = true;
    const { cli } = await peer((request, response) => {
      const { url = "", method } = request;
      if (url.endsWith("/engagements?limit=50")) return json(response, engagement);
      if (method === "POST") {
        posts += 1;
        return json(response, job("queued"), 202);
      }
      if (url.endsWith("/file")) return void response.end("hello world");
      if (isBroken) return void request.socket.destroy();
      looks += 1;
      if (looks === 1) return json(response, job("running"));
      json(response, job("done", { name: "e.zip", size: 11, sha256, removesAt: "" }));
    });
    expect(await cli(...words())).toMatchObject({ code: 4 });
    isBroken = false;
    const again = await cli(...words());
    expect([again.code, posts]).toEqual([0, 1]);
    expect(again.notes).toContain("Going on with the export");
    expect(await readFile(join(folder, "e.zip"), "utf8")).toBe("hello world");
    expect(await readdir(folder)).toEqual(["e.zip"]);
  });

  it("leaves no file where other bytes came, and tells of one that failed", async () => {
    let state = "done";
    const { cli } = await peer(({ url = "", method }, response) => {
      if (url.endsWith("/engagements?limit=50")) return json(response, engagement);
      if (url.endsWith("/file")) return void response.end("other bytes");
      const file = { name: "e.zip", size: 11, sha256, removesAt: "" };
      json(
        response,
        { ...job(state, state === "done" ? file : null), note: "No signer." },
        method === "POST" ? 202 : 200,
      );
    });
    expect(await cli(...words())).toMatchObject({ code: 4, notes: expect.stringContaining("otherwise") });
    expect((await readdir(folder)).filter((name) => !name.endsWith(".job.json"))).toEqual([]);
    state = "failed";
    expect(await cli(...words())).toMatchObject({ code: 1, notes: expect.stringContaining("No signer.") });
  });
});

describe("an address", () => {
  it.each(["https://a.example/x?y", "http://localhost:3000", "http://127.0.0.1:1", "http://[::1]:1"])(
    "takes %s",
    (text) => {
      expect(serverAddress(text)).toBe(new URL(text).origin);
    },
  );
  it.each(["http://a.example", "http://127.0.0.1.example", "ftp://a", "a.example", "https://u:p@a.example", ""])(
    "refuses %s",
    (text) => {
      expect(() => serverAddress(text)).toThrow();
    },
  );
});

it("what others wrote steers no terminal", () => {
  expect(harmless("a\u001b[31mb\u0007c\u202ed\te\n")).toBe("a\ufffd[31mb\ufffdc\ufffdd\te\n");
});

it("what programs read is as it was written, and steers no terminal", () => {
  const value = { name: "a\u001b[31mb\u0007\u009bc\u202ed\te\n\u007f" };
  expect(JSON.parse(exactJson(value))).toEqual(value);
  expect(harmless(exactJson(value))).toBe(exactJson(value));
});

it("a command that is not written right says how it is", async () => {
  const at = (...words: string[]) => atTerminal((terminal) => runCli(words, terminal), { env: {} });
  expect(await at("push")).toMatchObject({ code: 64, notes: expect.stringContaining("countervail push FILE…") });
  expect(await at("push", "x.md", "--marge")).toMatchObject({ code: 64, notes: expect.stringContaining("--marge") });
  expect(await at("pull", "--help")).toMatchObject({ code: 0, out: expect.stringContaining("--force") });
  expect(await at("status", "/no/such.md")).toMatchObject({ code: 1, notes: "/no/such.md is not there." });
});
