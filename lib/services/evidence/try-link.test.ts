import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tryLink } from "@/lib/services/evidence/try-link";
import { ssrfAddresses } from "@/test/ssrf-addresses";

let server: Server;
let port = 0;
let connections = 0;
beforeAll(async () => {
  server = createServer((request, reply) => {
    const { searchParams } = new URL(request.url ?? "/", "http://x");
    const [status, to] = [Number(searchParams.get("status") ?? 200), searchParams.get("to")];
    if (request.headers.cookie || request.headers.authorization) reply.writeHead(500).end();
    else if (searchParams.has("endless")) reply.writeHead(200).write("x".repeat(1_000_000));
    else reply.writeHead(to ? 302 : status, to ? { location: to } : {}).end();
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, "::", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const here = (query: string) => tryLink(`http://localhost:${port}/?${query}`, { hosts: ["localhost"], ports: [port] });

it.each([
  ["status=204", "It answers (204)."],
  ["status=403", "It answers, and asks who one is (403)."],
  ["status=410", "There is nothing there any more (410)."],
  ["status=503", "It answers with an error (503)."],
  ["to=/?status=200", "It answers (200)."],
  ["to=file:///etc/passwd", "Only http and https addresses are tried."],
  ["to=http://10.0.0.1/", "It is not at a public address, so it is not tried."],
  ["endless", "It answers (200)."],
])("says what it found: %s", async (query, words) => {
  expect(await here(query)).toBe(words);
});

it("follows three redirects and no more", async () => {
  const chain = (hops: number): string => (hops === 0 ? "/" : `/?to=${encodeURIComponent(chain(hops - 1))}`);
  expect(await here(chain(3).slice(2))).toBe("It answers (200).");
  expect(await here(chain(4).slice(2))).toBe("It leads on more than 3 times.");
});

it("connects to nothing of this computer or its network, however it is written", async () => {
  const before = connections;
  for (const address of ssrfAddresses(port)) {
    expect(await tryLink(address, { hosts: [], ports: [port] }), address).not.toMatch(/^It answers/);
  }
  expect(connections).toBe(before);
});

it("asks at the schemes' own ports alone", async () => {
  expect(await tryLink(`http://localhost:${port}/`)).toBe("Only the ports 80 and 443 are tried.");
  expect(await tryLink("https://user:secret@example.com/")).toBe("Addresses with credentials are not tried.");
});
