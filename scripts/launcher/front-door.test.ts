import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** A server in Next's place, which takes everything, says what it was told and sets headers of its own. */
const BEHIND = `
  const server = require("node:http").createServer((request, response) => {
    response.setHeader("x-frame-options", "ALLOWALL");
    if (request.headers.policy) response.setHeader("content-security-policy", request.headers.policy);
    if (request.headers.type) response.setHeader("content-type", request.headers.type);
    if (request.headers.tag) response.setHeader("etag", request.headers.tag);
    const kept = request.headers.kept ?? "public, max-age=31536000";
    response.writeHead(Number(request.headers.status ?? 200), { "Cache-Control": kept });
    response.end("let through " + JSON.stringify(request.headers));
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

const servers: ChildProcess[] = [];
/** A door before that server, with settings. @returns its port */
async function open(settings: Record<string, string>): Promise<number> {
  const door = fileURLToPath(new URL("./front-door.mjs", import.meta.url));
  const env = { ...process.env, NODE_ENV: "production" as const, ...settings };
  const server = spawn(process.execPath, ["--import", door, "--eval", BEHIND], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  servers.push(server);
  return new Promise((resolve) => server.stdout?.once("data", (chunk: Buffer) => resolve(Number(chunk))));
}

let port = 0;
let behindProxies = 0;
beforeAll(async () => {
  [port, behindProxies] = await Promise.all([
    open({ COUNTERVAIL_URL: "http://localhost:3000", COUNTERVAIL_TRUSTED_PROXIES: "" }),
    open({ COUNTERVAIL_URL: "https://ccw.example", COUNTERVAIL_TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8,fd00::/8" }),
  ]);
});
afterAll(() => {
  for (const server of servers) server.kill();
});

/** Sends bytes that Node's own client would refuse to send, and reads what comes back. */
function ask(method: string, target: string, headers: readonly string[] = [], at = port): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(at, "127.0.0.1");
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

/** What the server behind the door was told. */
async function told(headers: readonly string[], at: number): Promise<Record<string, string>> {
  const reply = await ask("GET", "/", headers, at);
  return JSON.parse(/let through (\{.*\})/.exec(reply)?.[1] ?? "{}") as Record<string, string>;
}

describe("every reply", () => {
  const replies = [
    ["a page", "GET", "/", []],
    ["a page that is not there", "GET", "/nothing", ["Status: 404"]],
    ["a failure", "GET", "/", ["Status: 500"]],
    ["a redirect", "GET", "/", ["Status: 308"]],
    ["a file that is elsewhere", "GET", "/_next/static/old.js", ["Status: 307"]],
    ["a file that is gone", "GET", "/_next/static/old.js", ["Status: 404"]],
    ["a refusal of the door", "GET", "/%", []],
    ["the API's", "POST", "/api/v1/engagements", []],
  ] as const;
  it.each(replies)("carries each header once and is stored nowhere: %s", async (_what, method, target, headers) => {
    const reply = (await ask(method, target, headers)).toLowerCase();
    const values = (name: string) =>
      [...reply.matchAll(new RegExp(`^${name}: (.*)\r$`, "gm"))].map(([, value]) => value);
    expect(values("cache-control")).toEqual(["no-store"]);
    expect(values("x-frame-options")).toEqual(["deny"]);
    expect(values("x-content-type-options")).toEqual(["nosniff"]);
    expect(values("referrer-policy")).toEqual(["no-referrer"]);
    expect(values("cross-origin-opener-policy")).toEqual(["same-origin"]);
    expect(values("cross-origin-embedder-policy")).toEqual(["require-corp"]);
    expect(values("cross-origin-resource-policy")).toEqual(["same-origin"]);
    const [policy, ...more] = values("content-security-policy");
    expect(more).toEqual([]);
    expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[^']{24}' 'strict-dynamic';/);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe/);
    expect(values("strict-transport-security")).toEqual([]);
  });

  it("of an uploaded file has the policy of files, and no other one can be set", async () => {
    const file = "sandbox; default-src 'none'; frame-ancestors 'none'";
    expect(await ask("GET", "/", [`Policy: ${file}`])).toContain(`Content-Security-Policy: ${file}\r\n`);
    const loose = await ask("GET", "/", ["Policy: default-src *"]);
    expect(loose).toMatch(/content-security-policy: default-src 'none'; script-src 'nonce-/i);
  });

  it("of a PDF that the browser shows has a policy of its own, and nobody may frame it, not even a page of ours", async () => {
    const shown = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    const pdf = await ask("GET", "/", [`Policy: ${shown}`, "Type: application/pdf"]);
    expect(pdf).toContain(`Content-Security-Policy: ${shown}\r\n`);
    expect(pdf).toMatch(/x-frame-options: deny\r/i);
    const asBefore = shown.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    const replaced = await ask("GET", "/", [`Policy: ${asBefore}`, "Type: application/pdf"]);
    expect(replaced).toMatch(/content-security-policy: default-src 'none'; script-src 'nonce-/i);
    expect(replaced).toMatch(/x-frame-options: deny\r/i);
  });

  it("of a built file may be kept as Next says", async () => {
    expect(await ask("GET", "/_next/static/chunks/a.js")).toContain("Cache-Control: public, max-age=31536000");
  });

  it("to a program may be kept by it, where it has a tag and the handler says so", async () => {
    const [target, bearer, tag, kept] = [
      "/api/v1/x?y=1",
      "Authorization: Bearer cvt_x",
      'Tag: "1"',
      "private, no-cache",
    ];
    const caching = async (to: string, ...headers: string[]) =>
      /^cache-control: (.*)\r$/im.exec(await ask("GET", to, headers))?.[1];
    const says = `Kept: ${kept}`;
    expect(await caching(target, bearer, tag, says)).toBe(kept);
    expect(await caching(target, bearer, tag, says, "Status: 304")).toBe(kept);
    for (const [why, to, ...headers] of [
      ["nobody's", target, tag, says],
      ["a session's", target, "Cookie: countervail=x", tag, says],
      ["another scheme's", target, "Authorization: Basic x", tag, says],
      ["without a tag", target, bearer, says],
      ["which the handler keeps from being kept", target, bearer, tag, "Kept: no-store"],
      ["which would be kept without asking", target, bearer, tag, "Kept: private, max-age=60"],
      ["a refusal", target, bearer, tag, says, "Status: 404"],
      ["a page", "/engagements", bearer, tag, says],
    ] as const) {
      expect(await caching(to, ...headers), why).toBe("no-store");
    }
  });

  it("asks for TLS for two years where the service's address is https", async () => {
    expect(await ask("GET", "/%", [], behindProxies)).toContain(
      "Strict-Transport-Security: max-age=63072000; includeSubDomains",
    );
  });

  it("has a nonce of its own, which the page is told", async () => {
    const [one, two] = await Promise.all([told([], port), told([], port)]);
    expect(one?.["content-security-policy"]).toContain(`'nonce-${one?.["x-nonce"]}'`);
    expect(one?.["x-nonce"]).not.toBe(two?.["x-nonce"]);
  });
});

describe("a client", () => {
  it("cannot speak for the door, for Next or for a proxy", async () => {
    const forged = [
      "X-Nonce: mine",
      "Content-Security-Policy: script-src 'nonce-mine'",
      "X-Countervail-Client: 192.0.2.1",
      "X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy",
      "X-Forwarded-For: 192.0.2.1",
      "X-Forwarded-Host: evil.example",
      "X-Forwarded-Proto: https",
      "Forwarded: for=192.0.2.1",
      "X-Real-IP: 192.0.2.1",
    ];
    const seen = await told(forged, port);
    expect(seen["x-countervail-client"]).toBe("127.0.0.1");
    expect(JSON.stringify(seen)).not.toMatch(/mine|192\.0\.2\.1|evil|middleware|forwarded|https/);
  });

  it.each([
    ["that no proxy speaks of is the one connected", [], "127.0.0.1"],
    ["is whom the proxy names", ["X-Forwarded-For: 192.0.2.1"], "192.0.2.1"],
    ["is found behind two proxies", ["X-Forwarded-For: 192.0.2.1, 10.1.2.3"], "192.0.2.1"],
    ["cannot put another before itself", ["X-Forwarded-For: 198.51.100.7, 192.0.2.1, 10.1.2.3"], "192.0.2.1"],
    [
      "cannot do so with a header of its own",
      ["X-Forwarded-For: 198.51.100.7", "X-Forwarded-For: 192.0.2.1"],
      "192.0.2.1",
    ],
    ["cannot pass itself off as a proxy", ["X-Forwarded-For: 198.51.100.7, 192.0.2.1"], "192.0.2.1"],
    ["with an address that is none is the last hop known", ["X-Forwarded-For: 192.0.2.1, evil"], "127.0.0.1"],
    ["is not read out of an empty list", ["X-Forwarded-For: ,"], "127.0.0.1"],
    ["of IPv6 is named in one way", ["X-Forwarded-For: 2001:DB8:0:0::1"], "2001:db8::1"],
    ["of IPv4 in IPv6 is one of IPv4", ["X-Forwarded-For: ::ffff:192.0.2.1"], "192.0.2.1"],
    ["behind a proxy of IPv6 is found", ["X-Forwarded-For: 192.0.2.1, fd00::2"], "192.0.2.1"],
    ["inside the proxies' own network is the outermost of it", ["X-Forwarded-For: 10.9.9.9"], "10.9.9.9"],
  ] as const)("%s", async (_what, headers, address) => {
    expect((await told(headers, behindProxies))["x-countervail-client"]).toBe(address);
  });
});

it("tells the path of the page's address, whatever the client says of it", async () => {
  const reply = await ask("GET", "/engagements/1?q=2", ["X-Countervail-Path: /elsewhere"]);
  expect(reply).toContain('"x-countervail-path":"/engagements/1"');
});

describe("what a browser fetches ahead", () => {
  it.each([
    ["a link in sight", ["RSC: 1", "Next-Router-Prefetch: 1"], "1"],
    ["a part of its page", ["RSC: 1", "Next-Router-Segment-Prefetch: /_tree"], "1"],
    ["a page of the browser's own choice", ["Sec-Purpose: prefetch;prerender"], "1"],
    ["the same in older words", ["Purpose: prefetch"], "1"],
    ["a link that was followed", ["RSC: 1"], undefined],
  ] as const)("is told from what its person asks for: %s", async (_what, headers, background) => {
    expect((await told(headers, port))["x-countervail-background"]).toBe(background);
  });
});
