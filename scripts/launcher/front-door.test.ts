import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** A server in Next's place, which takes everything. */
const BEHIND = `
  const server = require("node:http").createServer((request, response) => response.end("let through"));
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

let server: ChildProcess;
let port = 0;

beforeAll(async () => {
  const door = fileURLToPath(new URL("./front-door.mjs", import.meta.url));
  server = spawn(process.execPath, ["--import", door, "--eval", BEHIND], { stdio: ["ignore", "pipe", "inherit"] });
  port = await new Promise((resolve) => server.stdout?.once("data", (chunk: Buffer) => resolve(Number(chunk))));
});
afterAll(() => void server.kill());

/** Sends bytes that Node's own client would refuse to send, and reads what comes back. */
function ask(method: string, target: string, headers: readonly string[] = []): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let reply = "";
    socket.on("data", (chunk: Buffer) => {
      reply += chunk.toString();
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(reply));
    const lines = [`${method} ${target} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  });
}

const tree = (value: unknown) => `Next-Router-State-Tree: ${encodeURIComponent(JSON.stringify(value))}`;

describe("the door before Next", () => {
  it.each([
    ["an address that is no UTF-8", "GET", "/worksheets/%E0%A4%A", [], 400, "malformed"],
    ["the same of the API", "GET", "/api/v1/worksheets/%E0%A4%A", [], 400, "malformed"],
    ["the same of next-auth", "POST", "/api/auth/%E0%A4%A", [], 400, "malformed"],
    ["a lone percent sign", "GET", "/%", [], 400, "malformed"],
    ["no path at all", "GET", "*", [], 400, "malformed"],
    ["a whole address in the path's place", "GET", "http://elsewhere.example/", [], 400, "malformed"],
    ["TRACE", "TRACE", "/api/v1/me", [], 405, "method_not_allowed"],
    ["a change aimed at a page", "POST", "/sign-in", ["Next-Action: x"], 405, "method_not_allowed"],
    ["a router state that is no JSON", "GET", "/", ["RSC: 1", "Next-Router-State-Tree: x"], 400, "malformed"],
    ["a router state of another shape", "GET", "/", ["RSC: 1", tree(["", {}, null, null, true])], 400, "malformed"],
    ["two router states", "GET", "/", [tree(["", {}]), tree(["", {}])], 400, "malformed"],
  ] as const)("refuses %s", async (_what, method, target, headers, status, code) => {
    const reply = await ask(method, target, headers);
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(reply).toMatch(/content-type: application\/problem\+json/i);
    const problem = JSON.parse(reply.slice(reply.indexOf("{"))) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code, type: `urn:countervail:problem:${code}` });
    expect(reply).toContain(`X-Request-Id: ${problem.requestId}`);
  });

  it.each([
    ["a page", "GET", "/catalogue?q=100%", []],
    ["a page's head", "HEAD", "/catalogue", []],
    ["an encoded path", "GET", "/join/%C5%81%C3%B3d%C5%BA%2F%00", []],
    ["a change through the API", "PUT", "/api/v1/engagements/x", []],
    ["what the development server sends", "POST", "/__nextjs_original-stack-frames", []],
    [
      "a link that the router follows",
      "GET",
      "/",
      ["RSC: 1", tree(["", { children: ["__PAGE__", {}] }, null, null, 16])],
    ],
  ] as const)("lets %s through", async (_what, method, target, headers) => {
    const reply = await ask(method, target, headers);
    expect(reply).toMatch(/^HTTP\/1.1 200 /);
    if (method !== "HEAD") expect(reply).toContain("let through");
  });
});
